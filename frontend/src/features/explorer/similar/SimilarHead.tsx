import type { Metric } from '@/gql/graphql'
import { countOf } from '@/components/format'

import { useBrief } from '../parts/useBrief'
import { useExplorer, useView } from '../state/context'
import { findSimilar } from './findSimilar'
import { METRICS, SIMILAR_COUNTS, type SimilarAnswer, type SimilarQuestion } from './similar'
import css from './similar.module.css'

/** Over the list of what is similar: to what, and how else it can be asked. */
export function SimilarHead() {
  const similar = useView((view) => view.similar)
  return similar && <Head answer={similar} />
}

function Head({ answer }: { answer: SimilarAnswer }) {
  const { session } = useExplorer()
  const isFinding = useView((view) => view.isFindingSimilar)
  const { question, layers, layerId, isExact } = answer
  const again = (change: Partial<SimilarQuestion>) => void findSimilar(session, { ...question, ...change })
  return (
    <div className={css.head} role="group" aria-label="Similar datapoints" data-testid="similar-head">
      <span className={css.to} title={isExact ? 'All vectors were compared' : 'From the stored neighbours'}>
        Similar to <To points={question.points} />
      </span>
      <select
        aria-label="How many"
        disabled={isFinding}
        value={question.count}
        onChange={(event) => again({ count: Number(event.target.value) })}
      >
        {SIMILAR_COUNTS.map((count) => (
          <option key={count}>{count}</option>
        ))}
      </select>
      {layers.length > 1 && (
        <select
          aria-label="By the embeddings of layer"
          disabled={isFinding}
          value={layerId}
          onChange={(event) => again({ layerId: event.target.value })}
        >
          {layers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <select
        aria-label="Metric"
        disabled={isFinding}
        value={question.metric}
        onChange={(event) => again({ metric: event.target.value as Metric })}
      >
        {METRICS.map(([metric, name]) => (
          <option key={metric} value={metric}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

function To({ points }: { points: Uint32Array }) {
  const brief = useBrief(points[0])
  return points.length === 1 ? (
    <b>{brief?.key ?? '…'}</b>
  ) : (
    <>the centre of {countOf(points.length, 'datapoint')}</>
  )
}
