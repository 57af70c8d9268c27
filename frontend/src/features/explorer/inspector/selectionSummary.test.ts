import { expect, it } from 'vitest'

import { agreementOf, emptyPoints } from '../data/points'
import { OTHER_CODE, pointsInCell, summarize } from './selectionSummary'

function pointsOf(pairs: [label: number, inference: number, times: number][]) {
  const all = pairs.flatMap(([label, inference, times]) =>
    Array.from({ length: times }, () => [label, inference]),
  )
  const points = emptyPoints(all.length)
  all.forEach(([label, inference], i) => {
    points.label[i] = label
    points.inference[i] = inference
  })
  points.agreement = agreementOf(points.label, points.inference)
  return points
}

const everything = (count: number) => Uint32Array.from({ length: count }, (_, i) => i)

it('counts label by inference with small categories under Other, and every sum is the selection', () => {
  const points = pointsOf([
    [1, 1, 60],
    [1, 2, 4],
    [2, 2, 30],
    [3, 1, 2],
    [0, 1, 4],
  ])
  const summary = summarize(points, everything(100), 3)
  expect(summary).toMatchObject({ count: 100, agree: 90, disagree: 6, noLabel: 4, noInference: 0 })
  expect(summary.confusion).toEqual({
    labels: [1, 2, OTHER_CODE, 0],
    inferences: [1, 2],
    cells: [
      [60, 4],
      [0, 30],
      [2, 0],
      [4, 0],
    ],
    totals: [64, 30, 2, 4],
    named: [1, 2],
  })
  expect(summary.mix).toEqual([
    { code: 1, count: 64 },
    { code: 2, count: 30 },
    { code: OTHER_CODE, count: 2 },
    { code: 0, count: 4 },
  ])
})

it('has no mean confidence when no point has one', () => {
  expect(summarize(pointsOf([[1, 1, 2]]), everything(2), 1).meanConfidence).toBeNull()
})

it('finds the points of a cell, of "Other", of none, and of a whole row', () => {
  const points = pointsOf([
    [1, 1, 2],
    [1, 2, 1],
    [3, 1, 1],
    [0, 1, 1],
  ])
  const inCell = (label: number, inference: number | null) => [
    ...pointsInCell(points, everything(5), [1, 2], label, inference),
  ]
  expect(inCell(1, 2)).toEqual([2])
  expect(inCell(OTHER_CODE, 1)).toEqual([3])
  expect(inCell(0, 1)).toEqual([4])
  expect(inCell(1, null)).toEqual([0, 1, 2])
})
