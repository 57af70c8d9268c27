/** Reads the description of a map from GraphQL and says which columns it needs, each with its version. */

import type { Client } from 'urql'

import type { ExplorerMapQuery as MapResult } from '@/gql/graphql'

import type { Category, ExplorerMap, MapDataset } from './explorerMap'
import { ExplorerMapQuery, MoreCategoriesQuery } from './queries'

export type ProjectionSetResult = NonNullable<MapResult['projectionSet']>
type SourceResult = ProjectionSetResult['sources'][number]

/** A column of one dataset that the explorer shows; its version changes when its content does. */
export interface WantedColumn {
  kind: 'label' | 'inference' | 'confidence' | 'tag'
  datasetId: string
  /** As in the address: `label`, `inference:<id>`, `tag:<id>` … */
  name: string
  version: number
  tagId?: string
}

export interface MapDescription {
  map: ExplorerMap
  columns: WantedColumn[]
}

export async function describeMap(client: Client, result: ProjectionSetResult): Promise<MapDescription> {
  const categories = await readCategories(client, result)
  const tagNodes = result.project.tags.edges.map(({ node }) => node)
  const sources = [...result.sources].sort((a, b) => a.position - b.position)
  const byDataset = new Map(sources.map((source) => [source.embeddingSet.dataset.id, source]))
  const datasetIds = [...byDataset.keys()]

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
    tags: tagNodes.map(({ id, name, memberships }) => ({
      id,
      name,
      datasetIds: memberships.filter((each) => each.datapointCount > 0).map((each) => each.dataset.id),
    })),
    datasets: [...byDataset.values()].map(describeDataset),
    sourceDatasets: sources.map((source) => datasetIds.indexOf(source.embeddingSet.dataset.id)),
  }
  const tagColumns = tagNodes.flatMap((tag) =>
    tag.memberships
      .filter((each) => byDataset.has(each.dataset.id))
      .map(({ dataset, version }) => tagColumn(tag.id, dataset.id, version)),
  )
  return { map, columns: [...[...byDataset.values()].flatMap(datasetColumns), ...tagColumns] }
}

/** The map query itself, always from the server. Throws what urql reports; null when there is no such map. */
export async function readProjectionSet(client: Client, id: string): Promise<ProjectionSetResult | null> {
  const result = await client.query(ExplorerMapQuery, { id }, { requestPolicy: 'network-only' }).toPromise()
  if (result.error) throw result.error
  return result.data?.projectionSet ?? null
}

/** All categories, by id; the pages after the first come one by one. */
async function readCategories(client: Client, { project }: ProjectionSetResult): Promise<Category[]> {
  let page = project.categories
  const nodes = page.edges.map(({ node }) => node)
  while (page.pageInfo.hasNextPage) {
    const variables = { projectId: project.id, after: page.pageInfo.endCursor }
    const next = await client
      .query(MoreCategoriesQuery, variables, { requestPolicy: 'network-only' })
      .toPromise()
    if (next.error) throw next.error
    page = next.data!.categories
    nodes.push(...page.edges.map(({ node }) => node))
  }
  return nodes.map((node) => ({ ...node, id: Number(node.id) })).sort((a, b) => a.id - b.id)
}

/** The inference set of the projected model, else the newest one of the dataset. */
function chosenInferenceSet({ embeddingSet }: SourceResult) {
  const sets = embeddingSet.dataset.inferenceSets.edges.map(({ node }) => node)
  const modelId = embeddingSet.layer.layerSet.trainedModel.id
  const newest = [...sets].sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0]
  return sets.find((set) => set.trainedModel.id === modelId) ?? newest ?? null
}

function describeDataset(source: SourceResult): MapDataset {
  const { id, name } = source.embeddingSet.dataset
  const set = chosenInferenceSet(source)
  if (!set) return { id, name, inferenceSet: null }
  const modelName = `${set.trainedModel.modelArchitecture.name} ${set.trainedModel.version}`
  return { id, name, inferenceSet: { id: set.id, modelName, hasConfidence: set.hasConfidence } }
}

function datasetColumns(source: SourceResult): WantedColumn[] {
  const { id: datasetId, labelVersion } = source.embeddingSet.dataset
  const columns: WantedColumn[] = [{ kind: 'label', datasetId, name: 'label', version: labelVersion }]
  const set = chosenInferenceSet(source)
  if (set) columns.push({ kind: 'inference', datasetId, name: `inference:${set.id}`, version: set.version })
  if (set?.hasConfidence) {
    columns.push({ kind: 'confidence', datasetId, name: `confidence:${set.id}`, version: set.version })
  }
  return columns
}

function tagColumn(tagId: string, datasetId: string, version: number): WantedColumn {
  return { kind: 'tag', datasetId, name: `tag:${tagId}`, version, tagId }
}
