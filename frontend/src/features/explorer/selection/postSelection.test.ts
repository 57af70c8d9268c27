import { expect, it } from 'vitest'

import { emptyPoints } from '../data/points'
import { rowsByDataset } from './postSelection'

it('rows are told by dataset, ascending and once each', () => {
  const points = emptyPoints(5)
  points.dataset = Uint16Array.of(1, 2, 1, 1, 2)
  points.row = Uint32Array.of(9, 4, 3, 9, 1)
  const rows = rowsByDataset(points, Uint32Array.of(0, 1, 2, 3))
  expect([...rows.get(1)!]).toEqual([3, 9])
  expect([...rows.get(2)!]).toEqual([4])
})
