/** The maps of a project by what is on them, and where to go for the other role. */

import { graphql } from '@/gql'
import type { MapsByRoleQuery as MapsResult } from '@/gql/graphql'

export const MapsByRoleQuery = graphql(`
  query MapsByRole($projectId: ID!) {
    projectionSets(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          name
          finishedAt
          contextCount
          objectCount
        }
      }
    }
  }
`)

export type MapRole = 'contexts' | 'objects' | 'both'
export type RoleMap = MapsResult['projectionSets']['edges'][number]['node']

export function roleOf({ contextCount, objectCount }: RoleMap): MapRole {
  if (contextCount > 0 && objectCount > 0) return 'both'
  return objectCount > 0 ? 'objects' : 'contexts'
}

/** The newest map of each kind; maps come newest first. */
export function newestByRole(maps: readonly RoleMap[]): Partial<Record<MapRole, RoleMap>> {
  const newest: Partial<Record<MapRole, RoleMap>> = {}
  for (const map of maps) if (map.finishedAt) newest[roleOf(map)] ??= map
  return newest
}

/** Where things of a role can be seen: a map of them alone, else one of both. */
export function mapFor(role: 'contexts' | 'objects', maps: readonly RoleMap[]): RoleMap | undefined {
  const newest = newestByRole(maps)
  return newest[role] ?? newest.both
}
