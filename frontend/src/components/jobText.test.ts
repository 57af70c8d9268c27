import { expect, test } from 'vitest'

import { aJob } from '@/testing/facts'

import { jobPhase } from './jobText'

test.each([
  [aJob(), 'Optimising layout, 40 of 200'],
  [aJob({ total: null, phase: 'Reading' }), 'Reading'],
  [aJob({ done: 620, total: 1000, phase: 'Finding neighbours' }), 'Finding neighbours'],
  [aJob({ state: 'QUEUED', queuePosition: 2 }), 'Waiting, position 2'],
  [aJob({ state: 'QUEUED', phase: '1 of 8 parts are done', total: 8000 }), '1 of 8 parts are done'],
  [aJob({ state: 'FAILED', error: 'Too large.' }), 'Too large.'],
  [aJob({ state: 'DONE', total: 40 }), '40 done'],
  [aJob({ attempt: 2 }), 'Restarted, attempt 2 of 3: Optimising layout, 40 of 200'],
  [aJob({ state: 'CANCELLED' }), 'Cancelled'],
])('a job says where it is', (job, text) => expect(jobPhase(job)).toBe(text))
