import { expect, test } from 'vitest'

import { onTheWay, originsOf, toUnit } from './motion'

const places = (x: number[], y: number[]) => ({ x: Float32Array.from(x), y: Float32Array.from(y) })
const members = (...rows: number[]) => ({
  source: new Uint16Array(rows.length),
  row: Uint32Array.from(rows),
})

test('a layout of any scale fills the same square and keeps its shape', () => {
  const { x, y } = toUnit(places([10, 30, 20], [5, 5, 15]))
  expect([...x]).toEqual([-1, 1, 0])
  expect([...y]).toEqual([-0.5, -0.5, 0.5])
})

test('points that all lie at one place are no error', () => {
  expect([...toUnit(places([3, 3], [4, 4])).x]).toEqual([0, 0])
  expect(toUnit(places([], [])).x).toHaveLength(0)
})

test('every point comes from its own place, however many came in between', () => {
  const before = { ...members(2, 7), ...places([0.2, 0.7], [1, 2]) }
  const { x, y } = originsOf(before, members(2, 5, 7))
  expect([...x]).toEqual([Math.fround(0.2), NaN, Math.fround(0.7)])
  expect([...y]).toEqual([1, NaN, 2])
})

test('rows of one number in two datasets are two datapoints', () => {
  const before = { source: Uint16Array.of(0, 1), row: Uint32Array.of(4, 4), ...places([1, 2], [0, 0]) }
  const { x } = originsOf(before, { source: Uint16Array.of(1), row: Uint32Array.of(4) })
  expect([...x]).toEqual([2])
})

test('half way is in the middle, and a new point is at its place from the start', () => {
  const { x, y } = onTheWay(places([0, NaN], [0, NaN]), places([4, 6], [2, 8]), 0.5)
  expect([...x]).toEqual([2, 6])
  expect([...y]).toEqual([1, 8])
})
