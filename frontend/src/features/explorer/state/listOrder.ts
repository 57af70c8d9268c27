/** In which order a list shows datapoints: by any field, those worth a look first. */

import { AGREEMENT, type Points } from '../data/points'
import type { Field, FieldInfo } from './fields'

export interface ListOrder {
  /** `disagree`, `logged`, `similar` (by the distances of what was found), or the id of a field. */
  by: string
  descending: boolean
}

export const disagreeFirst: ListOrder = { by: 'disagree', descending: false }

const STEPS = 4096
const RANKS = STEPS + 2

/** How a list sorted by a field begins, unless someone turns it round: with what is bad, or large. */
export function firstOrder(info: FieldInfo): ListOrder {
  if (info.kind !== 'numbers') return { by: info.id, descending: false }
  return { by: info.id, descending: info.direction !== 'LOW_IS_BAD' }
}

/** Equals keep the order they came in; points without a value come last. `field` is that of the order, if it is there. */
export function sortedPoints(
  indices: Uint32Array,
  { by, descending }: ListOrder,
  points: Points,
  field: Field | undefined,
): Uint32Array {
  if (by === 'logged') return descending ? indices.slice().reverse() : indices
  if (by === 'disagree') return byRank(indices, RANKS, (point) => disagreeRank(point, points))
  if (!field) return indices
  if (field.kind === 'numbers') return byNumber(indices, field.numbers, descending)
  const { codes, values } = field
  const rankOf = ranksByName(
    field.values.map(({ name }) => name),
    descending,
  )
  return byRank(indices, values.length + 1, (point) => rankOf[codes[point]])
}

/** Among disagreements the surest inference is the likeliest wrong label. */
function disagreeRank(point: number, points: Points): number {
  if (points.agreement[point] !== AGREEMENT.disagree) return STEPS + 1
  const value = points.confidence[point]
  return value === value ? STEPS - 1 - Math.round(value * (STEPS - 1)) : STEPS
}

/** Names in their order, numbers in them by size; "none" last. */
function ranksByName(names: readonly string[], descending: boolean): Uint32Array {
  const collator = new Intl.Collator(undefined, { numeric: true })
  const codes = names.map((_, code) => code).slice(1)
  codes.sort((a, b) => (descending ? -1 : 1) * collator.compare(names[a], names[b]))
  const ranks = new Uint32Array(names.length)
  codes.forEach((code, rank) => (ranks[code] = rank))
  ranks[0] = names.length
  return ranks
}

/** A counting sort: a few milliseconds for a million. */
function byRank(indices: Uint32Array, rankCount: number, rankOf: (point: number) => number): Uint32Array {
  const ranks = new Uint32Array(indices.length)
  const starts = new Uint32Array(rankCount + 1)
  for (let k = 0; k < indices.length; k++) {
    ranks[k] = rankOf(indices[k])
    starts[ranks[k] + 1]++
  }
  for (let rank = 0; rank < rankCount; rank++) starts[rank + 1] += starts[rank]
  const sorted = new Uint32Array(indices.length)
  for (let k = 0; k < indices.length; k++) sorted[starts[ranks[k]]++] = indices[k]
  return sorted
}

function byNumber(indices: Uint32Array, numbers: ArrayLike<number>, descending: boolean): Uint32Array {
  const sign = descending ? -1 : 1
  // Typed arrays sort several times faster than a comparator: the values first, then which point had which.
  const keys = Float64Array.from(indices, (point) => sign * numbers[point])
  const distinct = keys.slice().sort()
  let size = 0
  for (let k = 0; k < distinct.length && distinct[k] === distinct[k]; k++) {
    if (size === 0 || distinct[k] !== distinct[size - 1]) distinct[size++] = distinct[k]
  }
  const values = distinct.subarray(0, size)
  const places = Uint32Array.from(keys, (key) => (key === key ? placeOf(values, key) : size))
  return byRank(Uint32Array.from(indices.keys()), size + 2, (k) => places[k]).map((k) => indices[k])
}

function placeOf(ascending: Float64Array, value: number): number {
  let low = 0
  let high = ascending.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}
