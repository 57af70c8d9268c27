import type { Drift } from '@/api/mapVersions'
import { formatCount } from '@/components/format'

/** What moved since the version before, in words; lengths as shares of that map's spread. */
export function driftSentence(drift: Drift): string {
  const parts = [movement(drift)]
  if (drift.n_new > 0) parts.push(`${formatCount(drift.n_new)} new`)
  if (drift.n_gone > 0) parts.push(`${formatCount(drift.n_gone)} gone`)
  return parts.join(' · ')
}

function movement({ n_shared, n_unchanged, median, p90, unchanged_median, unchanged_p90 }: Drift): string {
  if (n_unchanged > 0 && unchanged_p90 === 0) return 'None with an unchanged vector moved'
  if (n_unchanged > 0)
    return `Unchanged moved ${share(unchanged_median)}, a tenth over ${share(unchanged_p90)}`
  if (n_shared > 0) return `All vectors are others; moved ${share(median)}, a tenth over ${share(p90)}`
  return 'No datapoint is on both versions'
}

function share(length: number | null): string {
  return `${((length ?? 0) * 100).toFixed(length !== null && length < 0.1 ? 1 : 0)} % of the spread`
}
