import { formatDuration } from '@/components/format'
import type { Job } from '@/components/jobText'
import { useNow } from '@/components/useNow'

/** How long a job has run or waited, counting while it does. */
export function Elapsed({ job }: { job: Job }) {
  const now = useNow(1_000)
  const start = Date.parse(job.startedAt ?? job.createdAt)
  const end = job.finishedAt ? Date.parse(job.finishedAt) : now
  const text = formatDuration(end - start)
  return job.state === 'QUEUED' ? <>waiting {text}</> : <>{text}</>
}
