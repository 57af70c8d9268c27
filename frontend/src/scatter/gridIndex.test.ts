import { describe, expect, it } from 'vitest'

import { drawOrder } from './drawOrder'
import { buildGridIndex, nearestPoint } from './gridIndex'
import { normalisePositions } from './normalise'
import { scattered } from './testPoints'

const everything = () => true

describe('grid index', () => {
  it('lists every point exactly once', () => {
    const index = buildGridIndex(scattered(5000))
    expect([...index.items].sort((a, b) => a - b)).toEqual(Array.from({ length: 5000 }, (_, i) => i))
  })

  it('finds the same nearest point as a search through all', () => {
    const xy = scattered(3000)
    const index = buildGridIndex(xy)
    for (let trial = 0; trial < 200; trial++) {
      const [x, y] = [xy[2 * trial] + 0.003, xy[2 * trial + 1] - 0.002]
      let best = 0
      for (let i = 1; i < 3000; i++) {
        if (Math.hypot(xy[2 * i] - x, xy[2 * i + 1] - y) < Math.hypot(xy[2 * best] - x, xy[2 * best + 1] - y))
          best = i
      }
      expect(nearestPoint(index, x, y, 0.1, everything)).toBe(best)
    }
  })

  it('finds nothing outside the radius, outside the map or among points that are not accepted', () => {
    const index = buildGridIndex(Float32Array.of(0, 0, 1, 1))
    expect(nearestPoint(index, 0.5, 0.5, 0.1, everything)).toBeNull()
    expect(nearestPoint(index, 40, -40, 1, everything)).toBeNull()
    expect(nearestPoint(index, 0, 0, 0.1, (point) => point !== 0)).toBeNull()
  })

  it('finds points on the far edges', () => {
    const index = buildGridIndex(scattered(1000))
    const { xy } = index
    let rightmost = 0
    for (let i = 1; i < 1000; i++) if (xy[2 * i] > xy[2 * rightmost]) rightmost = i
    expect(nearestPoint(index, xy[2 * rightmost] + 0.01, xy[2 * rightmost + 1], 0.02, everything)).toBe(
      rightmost,
    )
  })

  it('copes with no points, equal points and points without a position', () => {
    expect(nearestPoint(buildGridIndex(new Float32Array(0)), 0, 0, 1, everything)).toBeNull()
    expect(nearestPoint(buildGridIndex(Float32Array.of(2, 2, 2, 2)), 2, 2, 1, everything)).not.toBeNull()
    expect(nearestPoint(buildGridIndex(Float32Array.of(NaN, NaN, 0, 0)), 0, 0, 1, everything)).toBe(1)
  })
})

describe('draw order', () => {
  it('is a permutation for any count', () => {
    for (const count of [0, 1, 2, 3, 10, 97, 1000]) {
      const order = drawOrder(Uint32Array.from({ length: count }, (_, i) => i))
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i))
    }
  })

  it('spreads each prefix over the whole list', () => {
    const order = drawOrder(Uint32Array.from({ length: 10_000 }, (_, i) => i))
    const perTenth = new Uint32Array(10)
    for (const point of order.subarray(0, 500)) perTenth[Math.floor(point / 1000)]++
    for (const count of perTenth) expect(count).toBeGreaterThan(40)
  })
})

describe('normalised positions', () => {
  it('brings any scale into one box around the origin and keeps the shape', () => {
    const { xy, halfWidth, halfHeight } = normalisePositions(
      Float32Array.of(1000, 1004, 1002),
      Float32Array.of(-7, -7, -5),
    )
    expect([...xy]).toEqual([-1, -0.5, 1, -0.5, 0, 0.5])
    expect([halfWidth, halfHeight]).toEqual([1, 0.5])
  })

  it('sets points without a finite position aside', () => {
    const { xy } = normalisePositions(Float32Array.of(0, Infinity, 2), Float32Array.of(0, 0, NaN))
    expect([...xy.subarray(2)]).toEqual([NaN, NaN, NaN, NaN])
  })
})
