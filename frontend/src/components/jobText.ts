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

/** Whether there is progress to show: the job runs, or has no place in the queue because its parts do. */
export function hasProgress(job: Pick<Job, 'state' | 'total' | 'queuePosition'>): boolean {
  return job.state === 'RUNNING' || (job.state === 'QUEUED' && job.queuePosition == null && job.total != null)
}

/** Work that is measured as a share is reported in thousandths, which are no count worth showing. */
const thousandths = 1_000

/** What a job does now, or how it ended, in one line. */
export function jobPhase(job: Job): string {
  if (job.state === 'QUEUED' && hasProgress(job)) return job.phase
  if (job.state === 'QUEUED') return job.queuePosition ? `Waiting, position ${job.queuePosition}` : 'Waiting'
  if (job.state === 'FAILED') return job.error || 'Failed'
  if (job.state === 'CANCELLED') return 'Cancelled'
  const count = job.total === thousandths ? null : job.total
  if (job.state === 'DONE') return count ? `${formatCount(count)} done` : 'Done'
  const again = job.attempt > 1 ? `Restarted, attempt ${job.attempt} of ${job.maxAttempts}: ` : ''
  const phase = again + (job.phase || 'Starting')
  return count ? `${phase}, ${formatCount(job.done)} of ${formatCount(count)}` : phase
}
