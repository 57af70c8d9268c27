import { expect, it } from 'vitest'

import { agreementOf, emptyPoints } from '../data/points'
import { OTHER_CODE, summarize } from './selectionSummary'

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
