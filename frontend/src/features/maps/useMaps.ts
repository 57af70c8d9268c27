import { useLiveQuery } from '@/api/live'
import type { MapCardFragment } from '@/gql/graphql'

import { Maps } from './documents'

export type MapItem = MapCardFragment

const about = ['projection_set', 'job', 'dataset', 'embedding_set', 'category']

export function useMaps(projectId: string) {
  const live = useLiveQuery({ query: Maps, variables: { projectId }, projectId, about })
  return {
    ...live,
    maps: live.data?.projectionSets.edges.map(({ node }) => node),
    colourOf: new Map(live.data?.categories.edges.map(({ node }) => [Number(node.id), node.colour])),
  }
}
