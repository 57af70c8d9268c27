/** Asks the server for what is similar; the answer becomes the selection, and its distances the order of the list. */

import type { SimilarSourcesQuery as SourcesResult } from '@/gql/graphql'
import { failureText } from '@/api/errors'
import { formatCount } from '@/components/format'
import { toast } from '@/components/toastStore'

import { postSelection } from '../selection/postSelection'
import type { Session } from '../state/session'
import { frontPoint } from '../state/viewState'
import { FindSimilarQuery, SimilarSourcesQuery } from './documents'
import type { SimilarAnswer, SimilarQuestion } from './similar'

type MapSources = NonNullable<SourcesResult['projectionSet']>

/** To the datapoint someone looks at, otherwise to the selection; as before, where somebody chose how. */
export function findSimilarToChosen(session: Session): void {
  const front = frontPoint(session.view.getState())
  const points = front === null ? session.selection : Uint32Array.of(front)
  if (points.length > 0) void findSimilar(session, { ...usual(session), points })
}

export async function findSimilar(session: Session, question: SimilarQuestion): Promise<void> {
  session.view.setState({ isFindingSimilar: true })
  try {
    const { answer, points, elsewhere } = await ask(session, question)
    session.showSimilar(Uint32Array.from(points), answer)
    if (elsewhere > 0) toast({ text: `${formatCount(elsewhere)} more are not on this map.` })
  } catch (error) {
    toast({ text: error instanceof Error ? error.message : String(error), tone: 'failed' })
  } finally {
    session.view.setState({ isFindingSimilar: false })
  }
}

function usual(session: Session): Omit<SimilarQuestion, 'points'> {
  const { count, metric, layerId } = session.view.getState().similar?.question ?? {
    count: 20,
    metric: 'COSINE',
    layerId: null,
  }
  return { count, metric, layerId }
}

async function ask(session: Session, question: SimilarQuestion) {
  const { client, map } = session
  const of = await client.query(SimilarSourcesQuery, { id: map.id }).toPromise()
  if (of.error) throw new Error(failureText(of.error))
  if (!of.data?.projectionSet) throw new Error('This map is gone.')
  const { sources, role } = of.data.projectionSet
  const first = datapointId(session, question.points[0])
  const own = sourceOf(sources, question.layerId, first.split(':')[0])
  const ofLayer = sources.filter(({ embeddingSet }) => embeddingSet.layer.id === own.layer.id)
  const isOne = question.points.length === 1
  const found = await client
    .query(
      FindSimilarQuery,
      {
        embeddingSetId: own.id,
        ...(isOne
          ? { datapointId: first }
          : { selectionId: await postSelection(map, session.points, question.points) }),
        first: question.count,
        metric: question.metric,
        amongDatasetIds: ofLayer.map(({ embeddingSet }) => embeddingSet.dataset.id),
        role,
      },
      { requestPolicy: 'network-only' },
    )
    .toPromise()
  if (found.error) throw new Error(failureText(found.error))
  const { edges, isExact } = found.data!.findSimilar
  const distances = onMap(session, new Map(edges.map(({ node, distance }) => [node.id, distance])))
  const answer: SimilarAnswer = {
    question,
    layers: layersOf(sources),
    layerId: own.layer.id,
    distances,
    isExact,
  }
  return { answer, points: distances.keys(), elsewhere: Math.max(edges.length - distances.size, 0) }
}

function sourceOf(sources: MapSources['sources'], layerId: string | null, datasetId: string) {
  const sets = sources.map(({ embeddingSet }) => embeddingSet)
  const ofLayer = layerId === null ? sets : sets.filter(({ layer }) => layer.id === layerId)
  return ofLayer.find(({ dataset }) => dataset.id === datasetId) ?? ofLayer[0] ?? sets[0]
}

function layersOf(sources: MapSources['sources']): { id: string; name: string }[] {
  const byId = new Map(sources.map(({ embeddingSet: { layer } }) => [layer.id, layer.name]))
  return [...byId].map(([id, name]) => ({ id, name }))
}

function datapointId(session: Session, point: number): string {
  const { dataset, row } = session.points
  return `${session.map.datasets[dataset[point] - 1].id}:${row[point]}`
}

/** By the points that stand for them; a datapoint may be on the map twice, through two layers. */
function onMap(session: Session, distances: ReadonlyMap<string, number>): Map<number, number> {
  const rows = new Map<number, Map<number, number>>()
  for (const [id, distance] of distances) {
    const [datasetId, row] = id.split(':')
    const code = session.map.datasets.findIndex((each) => each.id === datasetId) + 1
    rows.set(code, (rows.get(code) ?? new Map<number, number>()).set(Number(row), distance))
  }
  const { dataset, row, count } = session.points
  const found = new Map<number, number>()
  for (let point = 0; point < count; point++) {
    const distance = rows.get(dataset[point])?.get(row[point])
    if (distance !== undefined) found.set(point, distance)
  }
  return found
}
