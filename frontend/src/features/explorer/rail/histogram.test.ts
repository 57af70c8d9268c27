import { expect, it } from 'vitest'

import { barHeight, histogram, roundedDomain, snapped, stepOf } from './histogram'

it('every value falls into one bar, the ends included; those without one are counted apart', () => {
  const values = Float32Array.of(0, 0.5, 1, NaN, 0.25)
  const { counts, largest, missing } = histogram(values, [0, 1], new Uint32Array(5), 1)
  expect(counts.reduce((a, b) => a + b)).toBe(4)
  expect([counts[0], counts[12], counts[24], counts[47]]).toEqual([1, 1, 1, 1])
  expect([largest, missing]).toEqual([1, 1])
})

it('points that another filter hides are not counted', () => {
  const { counts } = histogram(Float32Array.of(0.1, 0.2, 0.3), [0, 1], Uint32Array.of(2, 1, 0), 1)
  expect(counts.reduce((a, b) => a + b)).toBe(2)
})

it('whole numbers have a bar each, so that none looks missing', () => {
  const days = Float64Array.from({ length: 31 }, (_, k) => k)
  const { counts } = histogram(days, [0, 30], new Uint32Array(31), 1, true)
  expect(counts.every((count) => count > 0)).toBe(true)
})

it('the scale spans the values on round steps, and never shrinks to nothing', () => {
  expect(roundedDomain([0.204, 0.9999], false)).toEqual([0.2, 1])
  expect(roundedDomain([3, 1789], true)).toEqual([0, 1790])
  const [low, high] = roundedDomain([1, 1], false)
  expect(low).toBeLessThan(high)
})

it('ends snap to steps without the dust of binary fractions', () => {
  expect(snapped(0.30000000000000004, stepOf([0, 1], false))).toBe(0.3)
  expect(stepOf([0, 9], true)).toBe(1)
})

it('a single value is still a visible bar beside a thousand', () => {
  expect(barHeight(1, 1000)).toBeGreaterThan(0.08)
  expect(barHeight(0, 1000)).toBe(0)
})
