import { expect, it } from 'vitest'

import type { Drift } from '@/api/mapVersions'

import { driftSentence } from './driftSentence'

const still: Drift = {
  n_shared: 100,
  n_unchanged: 98,
  n_new: 0,
  n_gone: 0,
  median: 0,
  p90: 0,
  unchanged_median: 0,
  unchanged_p90: 0,
  neighbor_retention: 1,
}

it('tells how far those moved whose vectors are the same', () => {
  expect(driftSentence({ ...still, n_new: 1200, n_gone: 3 })).toBe(
    'None with an unchanged vector moved · 1,200 new · 3 gone',
  )
  expect(driftSentence({ ...still, unchanged_median: 0.041, unchanged_p90: 0.2 })).toBe(
    'Unchanged moved 4.1 % of the spread, a tenth over 20 % of the spread',
  )
})

it('tells of all where no vector is the same', () => {
  expect(driftSentence({ ...still, n_unchanged: 0, median: 0.3, p90: 0.9 })).toBe(
    'All vectors are others; moved 30 % of the spread, a tenth over 90 % of the spread',
  )
  expect(driftSentence({ ...still, n_shared: 0, n_unchanged: 0 })).toBe('No datapoint is on both versions')
})
