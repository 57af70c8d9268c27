import { afterEach, expect, it, vi } from 'vitest'

import { blendAt, Glide, timeOf } from './glide'
import { originsOf } from './origins'

it('finds the place of each datapoint on the other version, by dataset and row', () => {
  const there = {
    dataset: Uint16Array.of(1, 1, 2),
    row: Uint32Array.of(0, 7, 7),
    x: Float32Array.of(1, 2, 3),
    y: Float32Array.of(4, 5, 6),
  }
  const points = { dataset: Uint16Array.of(1, 2, 2, 1, 3), row: Uint32Array.of(7, 7, 8, 1, 0) }
  const { x, y } = originsOf(points, there)
  expect([...x]).toEqual([2, 3, NaN, NaN, NaN])
  expect([...y]).toEqual([5, 6, NaN, NaN, NaN])
})

it('finds nothing on a version without datapoints', () => {
  const nothing = { dataset: new Uint16Array(0), row: new Uint32Array(0) }
  const there = { ...nothing, x: new Float32Array(0), y: new Float32Array(0) }
  expect([...originsOf({ dataset: Uint16Array.of(1), row: Uint32Array.of(0) }, there).x]).toEqual([NaN])
})

it('knows the time of every place on the way', () => {
  for (const blend of [0, 0.1, 0.5, 0.75, 1]) expect(blendAt(timeOf(blend))).toBeCloseTo(blend)
})

/** Lets the frames of two seconds pass. */
function watch(wantsNoMotion: boolean) {
  const waiting: FrameRequestCallback[] = []
  vi.stubGlobal('window', { matchMedia: () => ({ matches: wantsNoMotion }) })
  vi.stubGlobal('requestAnimationFrame', (step: FrameRequestCallback) => waiting.push(step))
  vi.stubGlobal('cancelAnimationFrame', () => undefined)
  return () => {
    for (let now = 100; waiting.length > 0; now += 100) waiting.shift()!(now)
  }
}

afterEach(() => vi.unstubAllGlobals())

it('plays to the end without going back', () => {
  const pass = watch(false)
  const shown: number[] = []
  const done = vi.fn()
  new Glide((blend) => shown.push(blend)).play(0.4, done)
  pass()
  expect(done).toHaveBeenCalledOnce()
  expect(shown[0]).toBeCloseTo(0.4)
  expect(shown.at(-1)).toBe(1)
  expect(shown).toEqual([...shown].sort((a, b) => a - b))
})

it('arrives at once for those who want no motion', () => {
  watch(true)
  const shown: number[] = []
  new Glide((blend) => shown.push(blend)).play(0, () => undefined)
  expect(shown).toEqual([1])
})
