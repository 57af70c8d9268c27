import type { EmbeddingSetRowFragment } from '@/gql/graphql'

/** As in "train, cnn 1, fc2". */
export function setName({ dataset, layer }: EmbeddingSetRowFragment): string {
  return `${dataset.name}, ${modelName(layer)}, ${layer.name}`
}

export function modelName({ layerSet }: EmbeddingSetRowFragment['layer']): string {
  const { version, modelArchitecture } = layerSet.trainedModel
  return `${modelArchitecture.name} ${version}`
}
