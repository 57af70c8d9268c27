/** In which order a list shows datapoints. Sorts numbers, never objects: a million take a fraction of a second. */

import { AGREEMENT, type Points } from '../data/points'

export const listOrders = {
  disagreeFirst: 'Disagree first',
  leastConfident: 'Least confident',
  mapOrder: 'As logged',
} as const
export type ListOrder = keyof typeof listOrders

const CONFIDENCE_STEPS = 2 ** 16
const POINT_LIMIT = 2 ** 32

export function sortedPoints(indices: Uint32Array, order: ListOrder, points: Points): Uint32Array {
  if (order === 'mapOrder') return indices
  // Rank and point number share one double: sorting the keys sorts the points, equal ranks by number.
  const keys = Float64Array.from(indices, (point) => rank(point, order, points) * POINT_LIMIT + point).sort()
  return Uint32Array.from(keys, (key) => key % POINT_LIMIT)
}

/** Lower comes first. Among disagreements the surest inference is the likeliest wrong label. */
function rank(point: number, order: ListOrder, points: Points): number {
  const confidence = points.confidence[point]
  const step = Number.isNaN(confidence) ? CONFIDENCE_STEPS : Math.round(confidence * (CONFIDENCE_STEPS - 1))
  if (order === 'leastConfident') return step
  if (points.agreement[point] !== AGREEMENT.disagree) return 2 * CONFIDENCE_STEPS
  return Number.isNaN(confidence) ? CONFIDENCE_STEPS : CONFIDENCE_STEPS - 1 - step
}
