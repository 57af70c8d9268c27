/** The figures of a selection: its mix, its confidence, and label against inference. */

import { AGREEMENT, type Points } from '../data/points'

/** Rows and columns of the confusion matrix that stand for several categories, or for none. */
export const OTHER_CODE = -1
const NONE_CODE = 0
/** A category with a smaller share of the selection is counted under "Other". */
const NAMED_SHARE = 0.05
const MAX_NAMED = 6

export interface MixPart {
  code: number
  count: number
}

export interface Confusion {
  /** Codes of the rows (labels) and columns (inferences); OTHER_CODE and 0 last. */
  labels: number[]
  inferences: number[]
  /** cells[row][column] */
  cells: number[][]
  totals: number[]
  /** Codes with a row or column of their own; all others are "Other". */
  named: readonly number[]
}

export interface SelectionSummary {
  count: number
  agree: number
  disagree: number
  noLabel: number
  noInference: number
  meanConfidence: number | null
  mix: MixPart[]
  confusion: Confusion
}

export function summarize(points: Points, selection: Uint32Array, categoryCount: number): SelectionSummary {
  const byAgreement = [0, 0, 0, 0]
  const labels = new Uint32Array(categoryCount + 1)
  const inferences = new Uint32Array(categoryCount + 1)
  for (const point of selection) {
    byAgreement[points.agreement[point]]++
    labels[points.label[point]]++
    inferences[points.inference[point]]++
  }
  return {
    count: selection.length,
    agree: byAgreement[AGREEMENT.agree],
    disagree: byAgreement[AGREEMENT.disagree],
    noLabel: byAgreement[AGREEMENT.noLabel],
    noInference: byAgreement[AGREEMENT.noInference],
    meanConfidence: meanConfidence(points.confidence, selection),
    mix: mixOf(labels, selection.length),
    confusion: confusionOf(points, selection, labels, inferences),
  }
}

export function meanConfidence(confidence: Float32Array, indices: Uint32Array): number | null {
  let sum = 0
  let count = 0
  for (const point of indices) {
    const value = confidence[point]
    if (value !== value) continue
    sum += value
    count++
  }
  return count > 0 ? sum / count : null
}

/** Of `indices` those in one cell of the matrix; `inference` null for the whole row. */
export function pointsInCell(
  points: Points,
  indices: Uint32Array,
  named: readonly number[],
  label: number,
  inference: number | null,
): Uint32Array {
  const isNamed = new Set([NONE_CODE, ...named])
  const isIn = (code: number, cell: number) => (cell === OTHER_CODE ? !isNamed.has(code) : code === cell)
  return indices.filter(
    (point) =>
      isIn(points.label[point], label) && (inference === null || isIn(points.inference[point], inference)),
  )
}

/** Largest first; then "Other", then no label. */
function mixOf(counts: Uint32Array, total: number): MixPart[] {
  const named = namedCodes(counts, counts, total)
  const parts = named.map((code) => ({ code, count: counts[code] })).sort((a, b) => b.count - a.count)
  const other = total - counts[NONE_CODE] - parts.reduce((sum, part) => sum + part.count, 0)
  if (other > 0) parts.push({ code: OTHER_CODE, count: other })
  if (counts[NONE_CODE] > 0) parts.push({ code: NONE_CODE, count: counts[NONE_CODE] })
  return parts
}

function confusionOf(
  points: Points,
  selection: Uint32Array,
  labelCounts: Uint32Array,
  inferenceCounts: Uint32Array,
): Confusion {
  const named = namedCodes(labelCounts, inferenceCounts, selection.length)
  const slots = [...named, OTHER_CODE, NONE_CODE]
  const slotOf = new Uint8Array(labelCounts.length).fill(named.length)
  named.forEach((code, slot) => (slotOf[code] = slot))
  slotOf[NONE_CODE] = named.length + 1
  const flat = new Uint32Array(slots.length ** 2)
  for (const point of selection) {
    flat[slotOf[points.label[point]] * slots.length + slotOf[points.inference[point]]]++
  }
  const cells = slots.map((_, row) => [...flat.subarray(row * slots.length, (row + 1) * slots.length)])

  const rowSums = cells.map((row) => row.reduce((a, b) => a + b, 0))
  const columnSums = slots.map((_, k) => cells.reduce((sum, row) => sum + row[k], 0))
  const rows = slots.map((_, k) => k).filter((k) => rowSums[k] > 0)
  const columns = slots.map((_, k) => k).filter((k) => columnSums[k] > 0)
  return {
    labels: rows.map((k) => slots[k]),
    inferences: columns.map((k) => slots[k]),
    cells: rows.map((row) => columns.map((column) => cells[row][column])),
    totals: rows.map((row) => rowSums[row]),
    named,
  }
}

function namedCodes(labels: Uint32Array, inferences: Uint32Array, total: number): number[] {
  const weight = (code: number) => Math.max(labels[code], inferences[code])
  const codes = Array.from({ length: labels.length - 1 }, (_, k) => k + 1)
  return codes
    .filter((code) => weight(code) > total * NAMED_SHARE)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MAX_NAMED)
    .sort((a, b) => a - b)
}
