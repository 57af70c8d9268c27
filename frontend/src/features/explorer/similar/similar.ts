/** What was found to be similar, and to what. */

import type { Metric } from '@/gql/graphql'

export const SIMILAR_COUNTS = [20, 50, 100] as const

export const METRICS: readonly (readonly [metric: Metric, name: string])[] = [
  ['COSINE', 'cosine'],
  ['EUCLIDEAN', 'euclidean'],
  ['DOT', 'dot product'],
  ['MANHATTAN', 'manhattan'],
  ['CORRELATION', 'correlation'],
]

export interface SimilarQuestion {
  /** The datapoint, or those whose centre is meant. */
  points: Uint32Array
  count: number
  metric: Metric
  /** Null for the first that has vectors of them. */
  layerId: string | null
}

export interface SimilarAnswer {
  question: SimilarQuestion
  layers: readonly { id: string; name: string }[]
  layerId: string
  /** By point of this map. */
  distances: ReadonlyMap<number, number>
  isExact: boolean
}

/** Nearest first, or the other way round; what has no distance comes last. */
export function byDistance(
  points: Uint32Array,
  { distances }: SimilarAnswer,
  descending: boolean,
): Uint32Array {
  const sign = descending ? -1 : 1
  const rank = (point: number) => sign * (distances.get(point) ?? sign * Infinity)
  return points.slice().sort((a, b) => rank(a) - rank(b) || a - b)
}

/** Short, with as many digits as tell neighbours apart. */
export function distanceText(distance: number): string {
  if (distance === 0) return '0'
  return distance < 0.0005 || distance >= 1e5 ? distance.toExponential(1) : distance.toPrecision(3)
}
