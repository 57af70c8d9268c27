/** What GraphQL tells about a map, in the shape the explorer works with. */

export interface Category {
  id: number
  name: string
  /** Index into the categorical palette. */
  colour: number
}

export interface MapTag {
  id: string
  name: string
  /** Ids of the datasets in which the tag has members. */
  datasetIds: readonly string[]
}

export interface MapDataset {
  id: string
  name: string
  /** The inferences shown for this dataset: those of the model whose embeddings were projected, if it made any. */
  inferenceSet: { id: string; modelName: string; hasConfidence: boolean } | null
}

export interface ExplorerMap {
  id: string
  name: string
  method: string
  projectId: string
  namespace: string
  projectName: string
  canEdit: boolean
  lastSeq: number
  /** Datapoints with newer vectors than the map was made from. */
  newDatapointCount: number
  isStale: boolean
  /** By id, so that a new category never renumbers the others. A point's code is the index here plus one. */
  categories: readonly Category[]
  tags: readonly MapTag[]
  datasets: readonly MapDataset[]
  /** For each source of the map, the index of its dataset in `datasets`. */
  sourceDatasets: readonly number[]
}

/** The model's name as people say it: architecture and version. */
export function inferenceTitle(map: ExplorerMap): string {
  const names = new Set(map.datasets.flatMap(({ inferenceSet }) => inferenceSet?.modelName ?? []))
  return [...names].join(', ')
}
