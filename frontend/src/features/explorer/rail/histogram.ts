/** A histogram of confidence: counts for the bars and the scale they stand on. */

export const BINS = 48

export interface Histogram {
  domain: readonly [number, number]
  counts: Uint32Array
  largest: number
}

/** Counts the values whose point fails nothing but the dimension of `bit`. */
export function histogram(
  values: Float32Array,
  domain: readonly [number, number],
  failing: Uint8Array,
  bit: number,
): Histogram {
  const [low, high] = domain
  const scale = BINS / (high - low || 1)
  const counts = new Uint32Array(BINS)
  const others = ~bit & 0xff
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value !== value || (failing[i] & others) !== 0) continue
    counts[Math.min(BINS - 1, Math.max(0, Math.floor((value - low) * scale)))]++
  }
  return { domain, counts, largest: counts.reduce((a, b) => Math.max(a, b), 0) }
}

/** The extent of the values, on round hundredths. */
export function roundedDomain(values: Float32Array): [number, number] | null {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i]
    if (values[i] > high) high = values[i]
  }
  if (low > high) return null
  const domain: [number, number] = [Math.floor(low * 100) / 100, Math.ceil(high * 100 - 1e-6) / 100]
  return domain[0] < domain[1] ? domain : [Math.max(0, domain[0] - 0.01), domain[1]]
}

/** Bars by the logarithm of their count, so that rare values stay visible. */
export function barHeight(count: number, largest: number): number {
  return count === 0 ? 0 : Math.log1p(count) / Math.log1p(Math.max(1, largest))
}
