import { Button } from '@chakra-ui/react'

import { NotThere } from '@/components/FailureState'
import { formatCount } from '@/components/format'
import { ProgressBar } from '@/components/ProgressBar'

import type { Progress } from './data/loadPoints'
import type { Opening } from './data/useOpening'
import css from './explorer.module.css'
import { UnfinishedMap } from './UnfinishedMap'

/** Every state before the map is on the screen; each says what comes next. */
export function OpeningState({ opening, onRetry }: { opening: Opening; onRetry: () => void }) {
  if (opening.state === 'missing') return <NotThere what="This map" />
  if (opening.state === 'unfinished') return <UnfinishedMap result={opening.result} onChanged={onRetry} />
  if (opening.state === 'failed') {
    return (
      <section className={css.opening} role="alert" data-testid="explorer-failed">
        <h1>The map could not be loaded</h1>
        <p>{opening.reason} Nothing is lost; try again in a moment.</p>
        <Button onClick={onRetry} data-testid="retry-button">
          Retry
        </Button>
      </section>
    )
  }
  return <Loading progress={opening.state === 'loading' ? opening.progress : null} />
}

function Loading({ progress }: { progress: Progress | null }) {
  const fraction = progress?.total ? progress.received / progress.total : null
  return (
    <section className={css.opening} aria-busy="true" data-testid="explorer-loading">
      <h1>Loading the map</h1>
      <div className={css.progress}>
        <ProgressBar fraction={fraction} label="Loading the map" />
      </div>
      <p aria-live="polite">{progress ? describe(progress) : 'Asking the server…'}</p>
    </section>
  )
}

function describe({ received, total }: Progress): string {
  return total ? `${megabytes(received)} of ${megabytes(total)} MB` : `${megabytes(received)} MB`
}

function megabytes(bytes: number): string {
  return bytes < 1e7 ? (bytes / 1e6).toFixed(1) : formatCount(Math.round(bytes / 1e6))
}
