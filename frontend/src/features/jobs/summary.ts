import type { Job } from '@/components/jobText'

/** "2 running, 1 queued". */
export function jobsSummary(jobs: readonly Pick<Job, 'state'>[]): string {
  const running = jobs.filter((job) => job.state === 'RUNNING').length
  const queued = jobs.filter((job) => job.state === 'QUEUED').length
  const parts = [running > 0 && `${running} running`, queued > 0 && `${queued} queued`].filter(Boolean)
  return parts.join(', ') || 'none running'
}
