import { Button } from '@chakra-ui/react'
import { useMemo } from 'react'
import { useQuery } from 'urql'

import { errorText, type UserError } from '@/api/errors'
import { useJobVerbs } from '@/api/jobVerbs'
import { useProjectNews, useProjectSubscription } from '@/api/news'
import { toast } from '@/components/toast'
import { graphql } from '@/gql'
import { useTheme } from '@/theme/useTheme'

import type { ProjectionSetResult } from './data/describeMap'
import css from './explorer.module.css'
import { coloursOf } from './growth/colouring'
import { GrowthCanvas } from './growth/GrowthCanvas'
import { GrowthCard } from './growth/GrowthCard'
import { GrowthRail } from './growth/GrowthRail'
import { useGrowth, useLabels } from './growth/useGrowth'

const MapJobQuery = graphql(`
  query MapJob($id: ID!) {
    job(id: $id) {
      ...JobFields
    }
  }
`)

type Job = NonNullable<ProjectionSetResult['job']>

interface UnfinishedMapProps {
  result: ProjectionSetResult
  onChanged: () => void
}

/** A map whose job still waits, runs, or has ended without one. */
export function UnfinishedMap({ result, onChanged }: UnfinishedMapProps) {
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
  if (!job || job.state === 'FAILED' || job.state === 'CANCELLED') {
    return <NotMade result={result} job={job ?? null} />
  }
  return <GrowingMap result={result} job={job} />
}

/** The map grows in the place, and with the colours, that it will have. */
function GrowingMap({ result, job }: { result: ProjectionSetResult; job: Job }) {
  const growth = useGrowth(result.id, job)
  const labels = useLabels(result)
  const theme = useTheme((state) => state.theme)
  const colours = useMemo(
    () => (growth && labels ? coloursOf(growth, labels, theme) : null),
    [growth, labels, theme],
  )
  return (
    <div className={css.explorer} data-testid="explorer-unfinished">
      <div className={css.stage}>
        <GrowthRail growth={growth} colours={colours} />
        <GrowthCanvas mapId={result.id} name={result.name} growth={growth} colours={colours} />
      </div>
      <GrowthCard result={result} job={job} hasLayout={growth !== null} />
    </div>
  )
}

function NotMade({ result, job }: { result: ProjectionSetResult; job: Job | null }) {
  const verbs = useJobVerbs(result.project.id, tell)
  const canRetry = job?.canRetry && result.project.myRole !== 'VIEWER'
  return (
    <section className={css.opening} data-testid="explorer-unfinished">
      <h1>{result.name} was not made</h1>
      <p role="alert">
        {job?.state === 'FAILED' ? job.error || 'Its job failed.' : 'Its job was cancelled.'}
      </p>
      {canRetry && (
        <Button loading={verbs.isEnding} onClick={() => void verbs.retry(job)}>
          Run again
        </Button>
      )}
    </section>
  )
}

function tell(errors: readonly UserError[]) {
  toast({ text: errorText(errors), tone: 'failed' })
}
