import { expect, it } from 'vitest'

import { barHeight, BINS, histogram, roundedDomain } from './histogram'

it('every value falls into one bar, the ends included', () => {
  const values = Float32Array.of(0, 0.5, 1, NaN, 0.25)
  const { counts, largest } = histogram(values, [0, 1], new Uint8Array(5), 1)
  expect(counts.reduce((a, b) => a + b)).toBe(4)
  expect([counts[0], counts[BINS / 4], counts[BINS / 2], counts[BINS - 1]]).toEqual([1, 1, 1, 1])
  expect(largest).toBe(1)
})

it('points that another filter hides are not counted', () => {
  const { counts } = histogram(Float32Array.of(0.1, 0.2, 0.3), [0, 1], Uint8Array.of(2, 1, 0), 1)
  expect(counts.reduce((a, b) => a + b)).toBe(2)
})

it('the scale spans the values, on hundredths, and never shrinks to nothing', () => {
  expect(roundedDomain(Float32Array.of(0.204, NaN, 0.9999))).toEqual([0.2, 1])
  const [low, high] = roundedDomain(Float32Array.of(1, 1))!
  expect(low).toBeLessThan(high)
  expect(roundedDomain(Float32Array.of(NaN))).toBeNull()
})

it('a single value is still a visible bar beside a thousand', () => {
  expect(barHeight(1, 1000)).toBeGreaterThan(0.08)
  expect(barHeight(0, 1000)).toBe(0)
})
