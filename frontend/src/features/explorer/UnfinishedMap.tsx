import { useQuery } from 'urql'

import { useProjectNews, useProjectSubscription } from '@/api/news'
import { ProgressBar } from '@/components/ProgressBar'
import { graphql } from '@/gql'

import type { ProjectionSetResult } from './data/describeMap'
import css from './explorer.module.css'

const MapJobQuery = graphql(`
  query MapJob($id: ID!) {
    job(id: $id) {
      ...JobFields
    }
  }
`)

/** A map whose job still waits, runs, or has ended without one. */
export function UnfinishedMap({ result, onChanged }: { result: ProjectionSetResult; onChanged: () => void }) {
  useProjectSubscription(result.project.id, result.project.lastSeq)
  useProjectNews(result.project.id, ({ changes, resync }) => {
    if (resync || changes.some(({ targetId }) => targetId === result.id)) onChanged()
  })
  const [{ data }] = useQuery({
    query: MapJobQuery,
    variables: { id: result.job?.id ?? '' },
    pause: !result.job,
  })
  const job = data?.job ?? result.job
  const hasEnded = job?.state === 'FAILED' || job?.state === 'CANCELLED'
  return (
    <section className={css.opening} data-testid="explorer-unfinished">
      <h1>{hasEnded ? `${result.name} was not made` : `${result.name} is being made`}</h1>
      {!hasEnded && (
        <div className={css.progress}>
          <ProgressBar fraction={job?.fraction ?? null} label={job?.phase || 'Waiting'} />
        </div>
      )}
      <p>{describe(job)}</p>
    </section>
  )
}

function describe(job: ProjectionSetResult['job']): string {
  switch (job?.state) {
    case 'QUEUED':
      return job.queuePosition && job.queuePosition > 1
        ? `Waiting for ${job.queuePosition - 1} other jobs. The map opens here by itself.`
        : 'Waiting for a worker. The map opens here by itself.'
    case 'FAILED':
      return `${job.error || 'Its job failed.'} Start it again from the jobs of the project.`
    case 'CANCELLED':
      return 'Its job was cancelled. Start it again from the jobs of the project.'
    default:
      return `${job?.phase || 'Working'}. The map opens here by itself.`
  }
}
