/** In which order a list shows datapoints: a counting sort over typed arrays, a few milliseconds for a million. */

import { AGREEMENT, type Points } from '../data/points'

export const listOrders = {
  disagreeFirst: 'Disagree first',
  leastConfident: 'Least confident',
  mapOrder: 'As logged',
} as const
export type ListOrder = keyof typeof listOrders

const STEPS = 4096
const RANKS = STEPS + 2

/** Equal ranks keep the order they came in. */
export function sortedPoints(indices: Uint32Array, order: ListOrder, points: Points): Uint32Array {
  if (order === 'mapOrder') return indices
  const rankOf = order === 'leastConfident' ? leastConfidentRank : disagreeFirstRank
  const ranks = new Uint16Array(indices.length)
  const starts = new Uint32Array(RANKS + 1)
  for (let k = 0; k < indices.length; k++) {
    ranks[k] = rankOf(indices[k], points)
    starts[ranks[k] + 1]++
  }
  for (let rank = 0; rank < RANKS; rank++) starts[rank + 1] += starts[rank]
  const sorted = new Uint32Array(indices.length)
  for (let k = 0; k < indices.length; k++) sorted[starts[ranks[k]]++] = indices[k]
  return sorted
}

/** Without confidence last. */
function leastConfidentRank(point: number, { confidence }: Points): number {
  const value = confidence[point]
  return value === value ? Math.round(value * (STEPS - 1)) : STEPS
}

/** Among disagreements the surest inference is the likeliest wrong label. */
function disagreeFirstRank(point: number, points: Points): number {
  if (points.agreement[point] !== AGREEMENT.disagree) return STEPS + 1
  const value = points.confidence[point]
  return value === value ? STEPS - 1 - Math.round(value * (STEPS - 1)) : STEPS
}
