import { expect, test } from 'vitest'

import { thin } from './points'

function points(count: number) {
  return {
    x: Float32Array.from({ length: count }, (_, index) => index),
    y: new Float32Array(count),
    source: Uint16Array.from({ length: count }, (_, index) => (index < count / 2 ? 0 : 1)),
    row: Uint32Array.from({ length: count }, (_, index) => index),
  }
}

test('a small map keeps every point once', () => {
  expect([...thin(points(7), 100).row].sort()).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('a large map is thinned evenly, and the rows stay with their positions', () => {
  const thinned = thin(points(100_000), 1_000)
  expect(thinned.row).toHaveLength(1_000)
  expect(new Set(thinned.row).size).toBe(1_000)
  expect(thinned.row.every((row, index) => thinned.x[index] === row)).toBe(true)
  expect(thinned.source.filter((source) => source === 0)).toHaveLength(500)
})

test('the first points drawn come from all datasets', () => {
  expect(new Set(thin(points(10_000), 1_000).source.slice(0, 10)).size).toBe(2)
})

test('an empty map is no error', () => {
  expect(thin(points(0)).x).toHaveLength(0)
})
