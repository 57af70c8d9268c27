import type { QualityChoicesQuery } from '@/gql/graphql'

export type QualitySet = QualityChoicesQuery['embeddingSets']['edges'][number]['node']

/** As in "cnn 1, fc2": only vectors of one layer of one trained model can be compared. */
export function layerName({ layer }: QualitySet): string {
  const { version, modelArchitecture } = layer.layerSet.trainedModel
  return `${modelArchitecture.name} ${version}, ${layer.name}`
}

export function comparable(reference: QualitySet, sets: readonly QualitySet[]): QualitySet[] {
  return sets.filter((set) => set.layer.id === reference.layer.id && set.dimension === reference.dimension)
}

/** What the model was trained on, or else a dataset of kind training: what the classes should look like. */
export function likelyReference(sets: readonly QualitySet[]): QualitySet {
  const isTrainedOn = ({ dataset, layer }: QualitySet) =>
    layer.layerSet.trainedModel.trainedOnDataset?.id === dataset.id
  return sets.find(isTrainedOn) ?? sets.find((set) => set.dataset.kind === 'TRAINING') ?? sets[0]
}
