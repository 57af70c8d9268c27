/**
 * One byte a point, one bit a dimension: the dimensions whose filter the point fails. A point is shown when the
 * byte is 0; a dimension counts the points that fail nothing but itself, so that its rows add up while it is filtered.
 */

import { type ExplorerMap } from '../data/explorerMap'
import { type Points } from '../data/points'
import { type FieldValue } from './fields'
import { isShown, type Dimension, type Range, type ValueFilter } from './filters'

export const BIT: Record<Dimension, number> = {
  label: 1,
  inference: 2,
  agreement: 4,
  dataset: 8,
  tag: 16,
  confidence: 32,
}

export function applyValueFilter(
  failing: Uint8Array,
  bit: number,
  codes: Uint8Array | Uint16Array,
  values: readonly FieldValue[],
  filter: ValueFilter | undefined,
): void {
  const fails = new Uint8Array(values.length)
  values.forEach(({ id, code }) => (fails[code] = isShown(filter, id) ? 0 : bit))
  for (let i = 0; i < codes.length; i++) failing[i] = (failing[i] & ~bit) | fails[codes[i]]
}

/** "Only" keeps points with any of the tags, "without" those with none of them. */
export function applyTagFilter(
  failing: Uint8Array,
  points: Points,
  map: ExplorerMap,
  filter: ValueFilter | undefined,
): void {
  const bit = BIT.tag
  const wanted = map.tags.filter((tag) => filter?.values.includes(tag.id))
  const failsAtFirst = filter?.kind === 'only' && wanted.length > 0
  for (let i = 0; i < failing.length; i++) failing[i] = (failing[i] & ~bit) | (failsAtFirst ? bit : 0)
  for (const tag of wanted) {
    const members = points.tags.get(tag.id)
    if (!members) continue
    for (let i = 0; i < failing.length; i++) {
      if (members[i]) failing[i] = filter?.kind === 'only' ? failing[i] & ~bit : failing[i] | bit
    }
  }
}

/** A point without confidence fails any range. */
export function applyConfidenceFilter(
  failing: Uint8Array,
  confidence: Float32Array,
  range: Range | undefined,
): void {
  const bit = BIT.confidence
  for (let i = 0; i < failing.length; i++) {
    const isInside = !range || (confidence[i] >= range[0] && confidence[i] <= range[1])
    failing[i] = isInside ? failing[i] & ~bit : failing[i] | bit
  }
}

export function countShown(failing: Uint8Array): number {
  let count = 0
  for (let i = 0; i < failing.length; i++) if (failing[i] === 0) count++
  return count
}

/** Points of each code that fail nothing but the dimension of `bit` itself. */
export function countCodes(
  codes: Uint8Array | Uint16Array,
  size: number,
  failing: Uint8Array,
  bit: number,
): Uint32Array {
  const counts = new Uint32Array(size)
  const others = ~bit & 0xff
  for (let i = 0; i < codes.length; i++) if ((failing[i] & others) === 0) counts[codes[i]]++
  return counts
}
