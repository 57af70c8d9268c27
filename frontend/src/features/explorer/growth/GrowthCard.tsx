import { Button } from '@chakra-ui/react'
import { Check } from 'lucide-react'
import { useState } from 'react'

import { errorText, type UserError } from '@/api/errors'
import { useJobVerbs } from '@/api/jobVerbs'
import { formatCount, formatDuration, formatPercent } from '@/components/format'
import type { Job } from '@/components/jobText'
import { ProgressBar } from '@/components/ProgressBar'
import { ProgressRing } from '@/components/ProgressRing'
import { toast } from '@/components/toast'
import { useNow } from '@/components/useNow'

import type { ProjectionSetResult } from '../data/describeMap'
import inspector from '../inspector/inspector.module.css'
import { useInspectorWidth } from '../inspector/useInspectorWidth'
import css from './growth.module.css'
import { stepOf, type Step, stepsOf } from './steps'

interface GrowthCardProps {
  result: ProjectionSetResult
  job: Job
  hasLayout: boolean
}

/** Right of the growing map: how far its job is, and how to end it. */
export function GrowthCard({ result, job, hasLayout }: GrowthCardProps) {
  const [width] = useInspectorWidth()
  const present = usePresentStep(result.projector.method, job)
  return (
    <aside className={inspector.inspector} style={{ width }} aria-label="Progress" data-testid="growth-card">
      <header className={css.head}>
        <h1>{result.name} is being made</h1>
        <Elapsed job={job} />
      </header>
      <ol className={css.steps} aria-label="Steps">
        {stepsOf(result.projector.method, job.state === 'QUEUED' ? -1 : present).map((step) => (
          <StepRow key={step.title} step={step} job={job} />
        ))}
      </ol>
      <div className={css.bar}>
        <ProgressBar
          fraction={job.state === 'RUNNING' ? (job.fraction ?? null) : 0}
          label={job.phase || 'Waiting'}
        />
      </div>
      <p aria-live="polite">{describe(job, hasLayout)}</p>
      {result.project.myRole !== 'VIEWER' && (
        <Verbs projectId={result.project.id} job={job} hasLayout={hasLayout} />
      )}
      <p className={css.hint}>
        Closing this page does not stop the job. A cancelled job leaves no map; a stopped one keeps the layout
        as it is.
      </p>
    </aside>
  )
}

function StepRow({ step: { title, state }, job }: { step: Step; job: Job }) {
  return (
    <li data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
      {state === 'done' && <Check size={16} strokeWidth={2} aria-label="Done" />}
      {state === 'now' && <ProgressRing fraction={job.fraction ?? null} />}
      {state === 'waiting' && <i aria-hidden="true" />}
      <span>{title}</span>
      {state === 'now' && <small>{measureOf(job)}</small>}
    </li>
  )
}

function Verbs({ projectId, job, hasLayout }: { projectId: string; job: Job; hasLayout: boolean }) {
  const verbs = useJobVerbs(projectId, tell)
  return (
    <div className={css.verbs}>
      <Button
        variant="outline"
        disabled={!job.canStop || !hasLayout}
        loading={verbs.isStopping}
        onClick={() => void verbs.stop(job)}
      >
        {job.stopRequestedAt ? 'Stopping' : 'Stop here and keep it'}
      </Button>
      <Button
        variant="outline"
        disabled={!job.canCancel}
        loading={verbs.isEnding}
        onClick={() => void verbs.cancel(job)}
      >
        Cancel
      </Button>
    </div>
  )
}

function Elapsed({ job }: { job: Job }) {
  const now = useNow(1_000)
  const text = formatDuration(now - Date.parse(job.startedAt ?? job.createdAt))
  return <time>{job.state === 'QUEUED' ? `waiting ${text}` : text}</time>
}

/** Steps only go forward within an attempt, whatever the phases in between are called. */
function usePresentStep(method: string, job: Job): number {
  const [reached, setReached] = useState({ attempt: job.attempt, step: 0 })
  const before = reached.attempt === job.attempt ? reached.step : 0
  const step = Math.max(before, stepOf(method, job.phase, before))
  if (reached.attempt !== job.attempt || reached.step !== step) setReached({ attempt: job.attempt, step })
  return step
}

/** What is counted in thousandths is a share; everything else are steps worth reading. */
const THOUSANDTHS = 1_000

function measureOf({ done, total, fraction, phase }: Job): string {
  if (fraction == null || !total) return ''
  const share = formatPercent(fraction)
  if (total === THOUSANDTHS) return share
  const count = `${formatCount(done)} of ${formatCount(total)}`
  return phase === 'Optimising the layout' ? `epoch ${count}, ${share}` : `${count}, ${share}`
}

function describe(job: Job, hasLayout: boolean): string {
  if (job.state === 'QUEUED') {
    const others = (job.queuePosition ?? 1) - 1
    return others > 0
      ? `Waiting for ${formatCount(others)} other jobs. The map opens here by itself.`
      : 'Waiting for a worker. The map opens here by itself.'
  }
  if (job.stopRequestedAt) return 'The layout ends here; its quality is measured, then the map opens.'
  if (job.attempt > 1)
    return `This is attempt ${job.attempt} of ${job.maxAttempts}: the one before was cut short.`
  return hasLayout ? 'Good enough already? Stop here and keep it.' : 'The map opens here by itself.'
}

function tell(errors: readonly UserError[]) {
  toast({ text: errorText(errors), tone: 'failed' })
}
