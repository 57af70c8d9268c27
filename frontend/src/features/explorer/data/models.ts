/** The models whose inferences a map can show, and which of them it does. */

import type { DatasetResult, ProjectionSetResult } from './describeMap'
import type { InferenceSetInfo, Model } from './explorerMap'

export function inferenceSetsOf(dataset: DatasetResult): InferenceSetInfo[] {
  return dataset.inferenceSets.edges.map(({ node }) => ({
    id: node.id,
    modelId: node.trainedModel.id,
    modelName: `${node.trainedModel.modelArchitecture.name} ${node.trainedModel.version}`,
    hasConfidence: node.hasConfidence,
    version: node.version,
    createdAt: node.createdAt,
  }))
}

/** Each model once, the one with the newest inferences first. */
export function modelsOf(datasets: readonly DatasetResult[]): Model[] {
  const sets = datasets.flatMap(inferenceSetsOf).sort((a, b) => b.createdAt.localeCompare(a.createdAt))
  return [
    ...new Map(sets.map(({ modelId, modelName }) => [modelId, { id: modelId, name: modelName }])).values(),
  ]
}

/** The chosen model, else one whose vectors were projected, else the newest. */
export function modelOf(
  models: readonly Model[],
  sources: ProjectionSetResult['sources'],
  chosenId: string | null,
): Model | null {
  const projected = new Set(sources.map(({ embeddingSet }) => embeddingSet.layer.layerSet.trainedModel.id))
  const find = (isIt: (id: string) => boolean) => models.find(({ id }) => isIt(id))
  return find((id) => id === chosenId) ?? find((id) => projected.has(id)) ?? models[0] ?? null
}
