/** What GraphQL tells about a map, in the shape the explorer works with. */

import type { ColumnRef, FieldInfo } from '../state/fields'

export interface Category {
  id: number
  name: string
  /** Index into the categorical palette. */
  colour: number
}

export interface TagMembership {
  /** Code of the dataset on this map. */
  dataset: number
  version: number
  datapointCount: number
}

export interface MapTag {
  id: string
  name: string
  /** One for each dataset of this map in which the tag has or had members. */
  memberships: readonly TagMembership[]
}

export interface InferenceSetInfo {
  id: string
  modelId: string
  modelName: string
  hasConfidence: boolean
  version: number
  createdAt: string
}

export interface MapDataset {
  id: string
  name: string
  /** The inferences of the chosen model. */
  inferenceSet: InferenceSetInfo | null
}

export interface Model {
  id: string
  /** As people say it: architecture and version. */
  name: string
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
  /** Whose vectors were projected. */
  embeddingSetIds: readonly string[]
  /** Those with inferences on this map, the newest first. */
  models: readonly Model[]
  /** The one whose inferences are shown: the projected one, if it made any, unless another is chosen. */
  model: Model | null
  /** Columns that tell which datapoints still exist, of datasets from which some were deleted. */
  existence: readonly ColumnRef[]
  /** All that the map can be coloured, filtered and sorted by. */
  catalogue: readonly FieldInfo[]
}
