import type { JobFieldsFragment } from '@/gql/graphql'

import { formatCount } from './format'

export type Job = JobFieldsFragment

export const stateWords = {
  QUEUED: 'Queued',
  RUNNING: 'Running',
  DONE: 'Done',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
} as const

export function isActive(job: Pick<Job, 'state'>): boolean {
  return job.state === 'QUEUED' || job.state === 'RUNNING'
}

/** What a job does now, or how it ended, in one line. */
export function jobPhase(job: Job): string {
  if (job.state === 'QUEUED') return job.queuePosition ? `Waiting, position ${job.queuePosition}` : 'Waiting'
  if (job.state === 'FAILED') return job.error || 'Failed'
  if (job.state === 'CANCELLED') return 'Cancelled'
  if (job.state === 'DONE') return job.total ? `${formatCount(job.total)} done` : 'Done'
  const phase = job.phase || 'Starting'
  return job.total ? `${phase}, ${formatCount(job.done)} of ${formatCount(job.total)}` : phase
}
