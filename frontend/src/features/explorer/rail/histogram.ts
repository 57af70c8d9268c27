/** A histogram of numbers: counts for the bars and the scale they stand on. */

import type { Numbers } from '../state/fields'

const MOST_BINS = 48

export interface Histogram {
  domain: readonly [number, number]
  counts: Uint32Array
  largest: number
  /** Points without a value. */
  missing: number
}

/** Counts the values whose point fails nothing but the filter of `bit`. */
export function histogram(
  values: Numbers,
  domain: readonly [number, number],
  failing: Uint32Array,
  bit: number,
  isInteger = false,
): Histogram {
  const [low, high] = domain
  // Whole numbers have a bar each, or as many as the others: bars of unequal width would look like gaps.
  const bins = isInteger ? integerBins(high - low) : MOST_BINS
  const scale = bins / (high - low || 1)
  const counts = new Uint32Array(bins)
  const others = ~bit
  let missing = 0
  for (let i = 0; i < values.length; i++) {
    if ((failing[i] & others) !== 0) continue
    const value = values[i]
    if (value !== value) missing++
    else counts[Math.min(bins - 1, Math.max(0, Math.floor((value - low) * scale)))]++
  }
  return { domain, counts, largest: counts.reduce((a, b) => Math.max(a, b), 0), missing }
}

/** The extent on round steps of about a two-hundredth of it; whole numbers for integers. */
export function roundedDomain(extent: readonly [number, number], isInteger: boolean): [number, number] {
  const [low, high] = extent
  const step = stepOf(extent, isInteger)
  const domain: [number, number] = [down(low, step), -down(-high, step)]
  return domain[0] < domain[1] ? domain : [domain[0] - step, domain[1] + step]
}

/** What a key press moves, and what dragged ends snap to: a power of ten. */
export function stepOf([low, high]: readonly [number, number], isInteger: boolean): number {
  const span = high - low || Math.abs(high) || 1
  const step = 10 ** Math.floor(Math.log10(span / 40))
  return isInteger ? Math.max(1, step) : step
}

export function snapped(value: number, step: number): number {
  return tidy(Math.round(value / step) * step)
}

/** Bars by the logarithm of their count, so that rare values stay visible. */
export function barHeight(count: number, largest: number): number {
  return count === 0 ? 0 : Math.log1p(count) / Math.log1p(Math.max(1, largest))
}

function integerBins(span: number): number {
  return span <= MOST_BINS ? Math.max(1, span) : Math.ceil(span / Math.ceil(span / MOST_BINS))
}

function down(value: number, step: number): number {
  return tidy(Math.floor(value / step + 1e-9) * step)
}

/** Without the tail that binary fractions leave, as in 0.30000000000000004. */
function tidy(value: number): number {
  return Number(value.toPrecision(12)) || 0
}
