/** Reads the description of a map from GraphQL and says which columns it needs, each with its version. */

import type { Client } from 'urql'

import type { ExplorerMapQuery as MapResult } from '@/gql/graphql'

import type { ColumnRef } from '../state/fields'
import { catalogueOf } from './catalogue'
import type { ExplorerMap, MapTag } from './explorerMap'
import { inferenceSetsOf, modelOf, modelsOf } from './models'
import { ExplorerMapQuery } from './queries'
import { readCategories, readTags } from './readLists'

export type ProjectionSetResult = NonNullable<MapResult['projectionSet']>
export type ProjectResult = ProjectionSetResult['project']
export type DatasetResult = ProjectionSetResult['sources'][number]['embeddingSet']['dataset']

/** A column that every open map has; its version changes when its content does. */
export interface WantedColumn {
  kind: 'label' | 'inference' | 'confidence'
  datasetId: string
  /** As in the address: `label`, `inference:<id>` … */
  name: string
  version: number
}

export interface MapDescription {
  map: ExplorerMap
  columns: WantedColumn[]
}

/** `modelId` is the model someone chose to see, if any. */
export async function describeMap(
  client: Client,
  result: ProjectionSetResult,
  modelId: string | null,
): Promise<MapDescription> {
  const categories = await readCategories(client, result)
  const tags = await readTags(client, result)
  const sources = [...result.sources].sort((a, b) => a.position - b.position)
  const byId = new Map(sources.map(({ embeddingSet }) => [embeddingSet.dataset.id, embeddingSet.dataset]))
  const known = [...byId.values()]
  const codeOf = new Map(known.map(({ id }, k) => [id, k + 1]))
  const models = modelsOf(known)
  const model = modelOf(models, sources, modelId)
  const datasets = known.map((dataset) => {
    const inferenceSet = inferenceSetsOf(dataset).find((set) => set.modelId === model?.id) ?? null
    return { id: dataset.id, name: dataset.name, inferenceSet }
  })
  const mapTags: MapTag[] = tags.map(({ id, name, memberships }) => ({
    id,
    name,
    memberships: memberships.flatMap(({ dataset, version, datapointCount }) => {
      const code = codeOf.get(dataset.id)
      return code ? { dataset: code, version, datapointCount } : []
    }),
  }))
  const map: ExplorerMap = {
    id: result.id,
    name: result.name,
    method: result.projector.method,
    projectId: result.project.id,
    namespace: result.project.namespace,
    projectName: result.project.name,
    canEdit: result.project.myRole !== 'VIEWER',
    lastSeq: result.project.lastSeq,
    newDatapointCount: sources.reduce((sum, source) => sum + source.newDatapointCount, 0),
    isStale: result.stale,
    categories,
    tags: mapTags,
    datasets,
    sourceDatasets: sources.map((source) => codeOf.get(source.embeddingSet.dataset.id)! - 1),
    embeddingSetIds: sources.map(({ embeddingSet }) => embeddingSet.id),
    models,
    model,
    existence: existenceOf(known),
    catalogue: catalogueOf(known, models, model, result.project, result.columns),
  }
  const columns = known.flatMap((dataset, k) => columnsOf(dataset, datasets[k].inferenceSet))
  return { map, columns }
}

/** The map query itself, always from the server. Throws what urql reports; null when there is no such map. */
export async function readProjectionSet(client: Client, id: string): Promise<ProjectionSetResult | null> {
  const result = await client.query(ExplorerMapQuery, { id }, { requestPolicy: 'network-only' }).toPromise()
  if (result.error) throw result.error
  return result.data?.projectionSet ?? null
}

/** Every datapoint that exists has a role. */
function existenceOf(datasets: readonly DatasetResult[]): ColumnRef[] {
  return datasets.flatMap(({ nextRow, datapointCount, objectCount, version }, k) =>
    nextRow > datapointCount + objectCount
      ? [{ dataset: k + 1, name: 'role', version: String(version) }]
      : [],
  )
}

function columnsOf(
  { id: datasetId, labelVersion }: DatasetResult,
  set: ExplorerMap['datasets'][number]['inferenceSet'],
): WantedColumn[] {
  const columns: WantedColumn[] = [{ kind: 'label', datasetId, name: 'label', version: labelVersion }]
  if (!set) return columns
  columns.push({ kind: 'inference', datasetId, name: `inference:${set.id}`, version: set.version })
  if (set.hasConfidence) {
    columns.push({ kind: 'confidence', datasetId, name: `confidence:${set.id}`, version: set.version })
  }
  return columns
}
