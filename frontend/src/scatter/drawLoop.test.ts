// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { DrawLoop } from './drawLoop'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('draws once a frame, however often it is asked', () => {
  const draw = vi.fn()
  const loop = new DrawLoop(draw)
  for (let k = 0; k < 5; k++) loop.schedule()
  vi.advanceTimersByTime(20)
  expect(draw.mock.calls).toEqual([[Infinity]])
})

it('draws a part while the view moves and all of it once it rests', () => {
  const draw = vi.fn()
  const loop = new DrawLoop(draw)
  for (let k = 0; k < 3; k++) {
    loop.move()
    vi.advanceTimersByTime(50)
  }
  expect(draw.mock.calls.every(([limit]) => Number.isFinite(limit))).toBe(true)
  vi.advanceTimersByTime(200)
  expect(draw).toHaveBeenLastCalledWith(Infinity)
})

it('draws no more once stopped', () => {
  const draw = vi.fn()
  const loop = new DrawLoop(draw)
  loop.move()
  loop.stop()
  vi.advanceTimersByTime(500)
  expect(draw).not.toHaveBeenCalled()
})
