import { Button } from '@chakra-ui/react'
import { ScanSearch } from 'lucide-react'
import { useState } from 'react'
import { useQuery } from 'urql'

import { failureText } from '@/api/errors'
import type { FindSimilarQuery as SimilarResult, SimilarChoicesQuery as ChoicesResult } from '@/gql/graphql'
import { formatCount } from '@/components/format'
import { useSettled } from '@/components/useSettled'

import { useHost } from '../datapoint/host'
import type { KnownDatapoint } from '../datapoint/known'
import { BriefPicture } from '../parts/BriefPicture'
import { FindSimilarQuery, SimilarChoicesQuery } from './documents'
import { distanceText, METRICS } from './similar'
import css from './similar.module.css'

const SHOWN = 12
/** Comparing so many vectors takes no time worth a question. */
const QUICK = 100_000
const SETTLED_MS = 400

type Choice = NonNullable<ChoicesResult['datapoint']>['embeddings'][number]['embeddingSet']
type Found = SimilarResult['findSimilar']['edges']

/** The datapoints nearest to this one, as a strip of thumbnails with their distances. */
export function Nearest({ known }: { known: KnownDatapoint }) {
  const id = useSettled(known.id, SETTLED_MS)
  const [{ data }] = useQuery({ query: SimilarChoicesQuery, variables: { id }, pause: id !== known.id })
  const choices = data?.datapoint?.id === known.id ? data.datapoint.embeddings : []
  const [chosenId, setChosenId] = useState<string | null>(null)
  if (choices.length === 0) return null
  const sets = choices.map(({ embeddingSet }) => embeddingSet)
  const chosen = sets.find(({ layer }) => layer.id === chosenId) ?? sets[0]
  return (
    <section className={css.nearest} aria-label="Nearest neighbours" data-testid="nearest">
      <div className={css.title}>
        <h3>Nearest neighbours</h3>
        {sets.length > 1 ? (
          <select
            aria-label="By the embeddings of layer"
            value={chosen.layer.id}
            onChange={(event) => setChosenId(event.target.value)}
          >
            {sets.map(({ layer }) => (
              <option key={layer.id} value={layer.id}>
                {layer.name}
              </option>
            ))}
          </select>
        ) : (
          <span>
            {nameOf(metricOf(chosen))}, {chosen.layer.name}
          </span>
        )}
      </div>
      <Strip key={`${known.id} ${chosen.id}`} known={known} set={chosen} />
    </section>
  )
}

function Strip({ known, set }: { known: KnownDatapoint; set: Choice }) {
  const isQuick = set.embeddingCount <= QUICK || set.neighborGraphs.some(({ isFresh }) => isFresh)
  const [isWanted, setIsWanted] = useState(isQuick)
  const [{ data, error, fetching }] = useQuery({
    query: FindSimilarQuery,
    variables: { embeddingSetId: set.id, datapointId: known.id, first: SHOWN, metric: metricOf(set) },
    pause: !isWanted,
  })
  if (!isWanted) {
    return (
      <Button size="xs" onClick={() => setIsWanted(true)}>
        <ScanSearch aria-hidden="true" />
        Compare {formatCount(set.embeddingCount)} vectors
      </Button>
    )
  }
  if (error) return <p>{failureText(error)}</p>
  if (!data) return <p>{fetching ? 'Looking…' : ''}</p>
  return <Thumbnails found={data.findSimilar.edges} />
}

function Thumbnails({ found }: { found: Found }) {
  const { show } = useHost()
  return (
    <>
      <div className={css.strip}>
        {found.map(({ node, distance }) => (
          <button key={node.id} type="button" title={node.key} onClick={() => show(node.id)}>
            <BriefPicture brief={node} size={56} />
            <span>
              <b>{node.label?.name ?? ''}</b>
              {distanceText(distance)}
            </span>
          </button>
        ))}
      </div>
      <Labels found={found} />
    </>
  )
}

/** Whether the neighbourhood agrees on a label. */
function Labels({ found }: { found: Found }) {
  const counts = new Map<string, number>()
  for (const { node } of found)
    if (node.label) counts.set(node.label.name, (counts.get(node.label.name) ?? 0) + 1)
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  if (!most) return null
  return (
    <p className={css.sentence}>
      {most[1]} of {found.length} neighbours are labelled <b>{most[0]}</b>.
    </p>
  )
}

/** That of the stored neighbours, which answer at once; cosine where there are none. */
function metricOf({ neighborGraphs }: Choice) {
  const fresh = neighborGraphs.filter(({ isFresh }) => isFresh).map(({ metric }) => metric)
  return fresh.length === 0 || fresh.includes('COSINE') ? 'COSINE' : fresh[0]
}

function nameOf(metric: string): string {
  return METRICS.find(([each]) => each === metric)?.[1] ?? metric
}
