import { useLiveQuery } from '@/api/live'
import type { DatasetCardFragment } from '@/gql/graphql'

import { Datasets } from './documents'

export type DatasetItem = DatasetCardFragment

export function useDatasets(projectId: string) {
  const about = ['dataset', 'inference_set', 'embedding_set', 'trained_model', 'model_architecture', 'layer']
  const live = useLiveQuery({ query: Datasets, variables: { projectId }, projectId, about })
  return { ...live, datasets: live.data?.datasets.edges.map(({ node }) => node) }
}
