import { expect, it } from 'vitest'

import { emptyPoints } from '../data/points'
import { pointsOfRows } from './serverRows'

it('finds the points of rows by dataset, and counts those that the map does not show', () => {
  const points = emptyPoints(4)
  points.dataset = Uint16Array.of(1, 1, 2, 1)
  points.row = Uint32Array.of(5, 3, 5, 5) // the first and last are one datapoint, through two layers
  const rows = new Map([
    [1, Uint32Array.of(5, 9)],
    [2, Uint32Array.of(5)],
  ])
  const { points: found, elsewhere } = pointsOfRows(points, rows, 3 + 4)
  expect([...found]).toEqual([0, 2, 3])
  expect(elsewhere).toBe(5)
})
