import type { ReactNode } from 'react'

import { useLiveQuery } from '@/api/live'
import { FailureState } from '@/components/FailureState'

import { CommentForm } from './CommentForm'
import { DatapointDialogs } from './DatapointDialogs'
import css from './datapoint.module.css'
import { DatapointQuery } from './documents'
import { Embeddings, Metadata } from './Facts'
import { History } from './History'
import head from './head.module.css'
import { useHost } from './host'
import type { KnownDatapoint } from './known'
import { PrimaryVerb } from './PrimaryVerb'
import { Nearest } from '../similar/Nearest'
import { Probabilities } from './Probabilities'
import { ResourceView } from './ResourceView'
import { Scores } from './Scores'
import { Tags } from './Tags'
import { Title } from './Title'
import { useDatapointEdits } from './useDatapointEdits'
import { Verdict } from './Verdict'

const ABOUT = ['datapoint', 'dataset', 'tag', 'comment', 'category', 'inference_set', 'analysis']

interface DatapointViewProps {
  id: string
  /** One column beside the map, or the picture large with the facts beside it. */
  layout: 'docked' | 'large'
  /** Beside the title: where it stands in the list, and the ways on. */
  actions?: ReactNode
}

/** All that is known about one datapoint, and what can be done to it. */
export function DatapointView({ id, layout, actions }: DatapointViewProps) {
  const { projectId } = useHost()
  const { data, error, isLoading, refresh } = useLiveQuery({
    query: DatapointQuery,
    variables: { id },
    projectId,
    about: ABOUT,
  })
  const known = data?.datapoint
  if (known) return <Known {...{ known, layout, actions }} onChanged={refresh} />
  return (
    <>
      <header className={head.title}>{actions}</header>
      {error ? (
        <FailureState error={error} what="This datapoint" onRetry={refresh} />
      ) : (
        <p className={css.hint}>{isLoading ? 'Reading…' : 'This datapoint is gone.'}</p>
      )}
    </>
  )
}

interface KnownProps {
  known: KnownDatapoint
  layout: DatapointViewProps['layout']
  actions: ReactNode
  onChanged: () => void
}

function Known({ known, layout, actions, onChanged }: KnownProps) {
  const { canEdit, OnThisMap } = useHost()
  const edits = useDatapointEdits(known, onChanged)
  return (
    <>
      <Title known={known}>{actions}</Title>
      <div className={css.detail} data-layout={layout} data-testid="datapoint-detail">
        <div className={css.thing}>
          <ResourceView key={known.id} known={known} />
          {layout === 'large' && <Nearest known={known} />}
        </div>
        <div className={css.known}>
          <Verdict known={known} />
          <Probabilities known={known} />
          <Scores known={known} />
          {OnThisMap && <OnThisMap datapointId={known.id} />}
          <Metadata known={known} />
          <Tags known={known} onUntag={edits.untag} />
          <Embeddings known={known} />
          <History known={known} onChanged={onChanged} />
        </div>
      </div>
      {canEdit && (
        <footer className={css.foot}>
          <CommentForm key={known.id} datapointId={known.id} onAdded={onChanged} />
          <PrimaryVerb known={known} onLabel={edits.label} />
        </footer>
      )}
      <DatapointDialogs known={known} edits={edits} />
    </>
  )
}
