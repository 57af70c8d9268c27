import { useLiveQuery } from '@/api/live'
import type { DatasetCardFragment } from '@/gql/graphql'

import { Datasets } from './documents'

export type DatasetItem = DatasetCardFragment

export const aboutDatasets = [
  'dataset',
  'inference_set',
  'embedding_set',
  'trained_model',
  'model_architecture',
  'layer',
]

export function useDatasets(projectId: string) {
  const live = useLiveQuery({ query: Datasets, variables: { projectId }, projectId, about: aboutDatasets })
  return { ...live, datasets: live.data?.datasets.edges.map(({ node }) => node) }
}
