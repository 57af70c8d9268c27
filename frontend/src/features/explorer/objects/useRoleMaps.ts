import { useQuery } from 'urql'

import { useExplorer } from '../state/context'
import { type MapRole, MapsByRoleQuery, type RoleMap, roleOf } from './counterparts'

/** What is on this map, and the project's other maps by what is on them. */
export function useRoleMaps(): { role: MapRole | null; maps: readonly RoleMap[] } {
  const { map } = useExplorer().session
  const [{ data }] = useQuery({
    query: MapsByRoleQuery,
    variables: { projectId: map.projectId },
    requestPolicy: 'cache-and-network',
  })
  const maps = (data?.projectionSets.edges ?? []).map(({ node }) => node)
  const own = maps.find(({ id }) => id === map.id)
  return { role: own ? roleOf(own) : null, maps }
}
