import type { ModelsQuery } from '@/gql/graphql'

export interface LayerBranch {
  id: string
  name: string
  dimensions: number[]
  embeddingCount: number
}
export interface TrainedModelBranch {
  id: string
  editVersion: number
  version: string
  trainedOn: string | null
  inferenceCount: number
  layers: LayerBranch[]
}
export interface ArchitectureBranch {
  id: string
  editVersion: number
  name: string
  trainedModels: TrainedModelBranch[]
}

/** Architecture, its trained models, and of each its layers with what was logged. */
export function modelTree(data: ModelsQuery): ArchitectureBranch[] {
  return nodes(data.modelArchitectures).map(({ id, editVersion, name }) => ({
    id,
    editVersion,
    name,
    trainedModels: nodes(data.trainedModels)
      .filter((model) => model.modelArchitecture.id === id)
      .map((model) => ({
        id: model.id,
        editVersion: model.editVersion,
        version: model.version,
        trainedOn: (model.trainedOnSlice ?? model.trainedOnDataset)?.name ?? null,
        inferenceCount: sum(
          nodes(data.inferenceSets).filter((set) => set.trainedModel.id === model.id),
          (set) => set.inferenceCount,
        ),
        layers: layersOf(data, model.id),
      })),
  }))
}

function layersOf(data: ModelsQuery, modelId: string): LayerBranch[] {
  return nodes(data.layers)
    .filter((layer) => layer.layerSet.trainedModel.id === modelId)
    .map(({ id, name }) => {
      const sets = nodes(data.embeddingSets).filter((set) => set.layer.id === id)
      return {
        id,
        name,
        dimensions: [...new Set(sets.map((set) => set.dimension))],
        embeddingCount: sum(sets, (set) => set.embeddingCount),
      }
    })
}

function nodes<Node>(connection: { edges: { node: Node }[] }): Node[] {
  return connection.edges.map(({ node }) => node)
}

function sum<Item>(items: Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}
