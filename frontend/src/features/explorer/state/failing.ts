/**
 * One word a point, one bit a filter: the filters that the point fails. A point is shown when its word is 0; a field
 * counts the points that fail nothing but its own filter, so that its rows add up while it is filtered.
 */

import type { Codes, FieldValue, Numbers } from './fields'
import type { RangeFilter, ValueFilter } from './filters'

export function applyValueFilter(
  failing: Uint32Array,
  bit: number,
  codes: Codes,
  values: readonly FieldValue[],
  filter: ValueFilter,
): void {
  const chosen = new Set(filter.values)
  const fails = new Uint32Array(values.length)
  values.forEach(({ id, code }) => (fails[code] = chosen.has(id) === (filter.kind === 'only') ? 0 : bit))
  const others = ~bit
  for (let i = 0; i < codes.length; i++) failing[i] = (failing[i] & others) | fails[codes[i]]
}

export function applyRangeFilter(
  failing: Uint32Array,
  bit: number,
  numbers: Numbers,
  { low, high, missing }: RangeFilter,
): void {
  const from = low ?? -Infinity
  const to = high ?? Infinity
  const others = ~bit
  const none = missing ? 0 : bit
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i]
    const fails = value !== value ? none : value >= from && value <= to ? 0 : bit
    failing[i] = (failing[i] & others) | fails
  }
}

/**
 * "Only" keeps points with any of the tags, "without" those with none of them. `members` are the points of each
 * chosen tag; `untagged` flags those without any tag where "no tag" is chosen too.
 */
export function applyTagFilter(
  failing: Uint32Array,
  bit: number,
  members: readonly Uint32Array[],
  untagged: Uint8Array | null,
  kind: ValueFilter['kind'],
): void {
  const isOnly = kind === 'only'
  const others = ~bit
  for (let i = 0; i < failing.length; i++) {
    const isChosen = untagged !== null && untagged[i] === 1
    failing[i] = (failing[i] & others) | (isChosen === isOnly ? 0 : bit)
  }
  for (const points of members) {
    for (const i of points) failing[i] = isOnly ? failing[i] & others : failing[i] | bit
  }
}

export function removeBit(failing: Uint32Array, bit: number): void {
  const others = ~bit
  for (let i = 0; i < failing.length; i++) failing[i] &= others
}

export function countShown(failing: Uint32Array): number {
  let count = 0
  for (let i = 0; i < failing.length; i++) if (failing[i] === 0) count++
  return count
}

/** Points of each code that fail nothing but the filter of `bit`. */
export function countCodes(codes: Codes, size: number, failing: Uint32Array, bit: number): Uint32Array {
  const counts = new Uint32Array(size)
  const others = ~bit
  for (let i = 0; i < codes.length; i++) if ((failing[i] & others) === 0) counts[codes[i]]++
  return counts
}

export function countAmong(points: Uint32Array, failing: Uint32Array, bit: number): number {
  const others = ~bit
  let count = 0
  for (const i of points) if ((failing[i] & others) === 0) count++
  return count
}
