import { Button } from '@chakra-ui/react'
import { ChevronLeft, ChevronRight } from 'lucide-react'

import { useLiveQuery } from '@/api/live'
import { FailureState } from '@/components/FailureState'
import { formatCount } from '@/components/format'
import type { ExplorerDatapointQuery as DatapointResult } from '@/gql/graphql'

import { ExplorerDatapointQuery } from '../data/datapointQuery'
import { useExplorer, useView } from '../state/context'
import css from './datapoint.module.css'
import { Embeddings, Metadata } from './Facts'
import { History } from './History'
import { Probabilities } from './Probabilities'
import { ResourceView } from './ResourceView'
import { Tags } from './Tags'
import { Verdict } from './Verdict'

export type KnownDatapoint = NonNullable<DatapointResult['datapoint']>

export function DatapointTab({ listing }: { listing: Uint32Array }) {
  const opened = useView((view) => view.opened)
  if (opened === null) {
    return <p className={css.hint}>Click a point or a thumbnail to see all that is known about it.</p>
  }
  return (
    <>
      <Place point={opened} listing={listing} />
      <Opened key={opened} point={opened} />
    </>
  )
}

/** Where the datapoint stands in the list, and the ways to its neighbours there. */
function Place({ point, listing }: { point: number; listing: Uint32Array }) {
  const { session } = useExplorer()
  const selected = useView((view) => view.selectedCount)
  const at = listing.indexOf(point)
  const go = (step: number) => session.open(listing[at + step])
  const where = selected > 0 ? 'in the selection' : 'shown'
  return (
    <div className={css.place}>
      <span>
        {at < 0 ? `Not ${where}` : `${formatCount(at + 1)} of ${formatCount(listing.length)} ${where}`}
      </span>
      <Button
        size="xs"
        aria-label="Previous datapoint"
        title="Previous (←)"
        disabled={at <= 0}
        onClick={() => go(-1)}
        data-testid="previous-datapoint"
      >
        <ChevronLeft aria-hidden="true" />
      </Button>
      <Button
        size="xs"
        aria-label="Next datapoint"
        title="Next (→)"
        disabled={at < 0 || at === listing.length - 1}
        onClick={() => go(1)}
        data-testid="next-datapoint"
      >
        <ChevronRight aria-hidden="true" />
      </Button>
    </div>
  )
}

function Opened({ point }: { point: number }) {
  const { session } = useExplorer()
  const { points, map } = session
  const { data, error, isLoading, refresh } = useLiveQuery({
    query: ExplorerDatapointQuery,
    variables: { id: `${map.datasets[points.dataset[point] - 1].id}:${points.row[point]}` },
    projectId: map.projectId,
    about: ['datapoint', 'dataset', 'tag', 'comment', 'category', 'inference_set'],
  })
  const known = data?.datapoint
  if (error && !known) return <FailureState error={error} what="This datapoint" onRetry={refresh} />
  if (!known) return <p className={css.hint}>{isLoading ? 'Reading…' : 'This datapoint is gone.'}</p>
  return (
    <div className={css.detail} data-testid="datapoint-detail">
      <header className={css.title}>
        <code>{known.key}</code>
        <span className={css.chip}>{known.dataset.name}</span>
        <small>row {known.row}</small>
      </header>
      <ResourceView known={known} />
      <Verdict known={known} point={point} />
      <Probabilities known={known} />
      <Metadata known={known} />
      <Tags known={known} point={point} />
      <Embeddings known={known} />
      <History known={known} onChanged={refresh} />
    </div>
  )
}
