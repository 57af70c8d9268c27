import { useMemo } from 'react'

import { useEndless } from '@/api/endless'
import { useLiveQuery } from '@/api/live'
import type { MapCardFragment, MapListQuery } from '@/gql/graphql'

import { CategoryColours, MapList } from './documents'

export type MapItem = MapCardFragment

const pick = (data: MapListQuery) => data.projectionSets

export function useMaps(projectId: string, search: string, pageSize: number) {
  return useEndless({
    query: MapList,
    variables: { projectId, search },
    pick,
    projectId,
    about: ['projection_set', 'job', 'dataset', 'embedding_set'],
    pageSize,
  })
}

/** The colour of each category, for pictures. */
export function useCategoryColours(projectId: string): Map<number, number> {
  const { data } = useLiveQuery({
    query: CategoryColours,
    variables: { projectId },
    projectId,
    about: ['category'],
  })
  return useMemo(
    () => new Map(data?.categories.edges.map(({ node }) => [Number(node.id), node.colour])),
    [data],
  )
}
