import { chakra, Menu, Portal } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { useQuery } from 'urql'

import { graphql } from '@/gql'

import { useExplorer } from './state/context'

const OtherMapsQuery = graphql(`
  query OtherMaps($projectId: ID!) {
    projectionSets(projectId: $projectId, first: 50) {
      edges {
        node {
          id
          name
          finishedAt
        }
      }
    }
  }
`)

/** The other maps of the project, one click away. */
export function MapSwitch() {
  const { map } = useExplorer().session
  const [{ data }] = useQuery({ query: OtherMapsQuery, variables: { projectId: map.projectId } })
  const maps = (data?.projectionSets.edges ?? []).map(({ node }) => node)
  const others = maps.filter(({ id, finishedAt }) => id !== map.id && finishedAt)
  if (others.length === 0) return null
  return (
    <Menu.Root>
      <Menu.Trigger asChild>
        <chakra.button
          type="button"
          cursor="pointer"
          borderRadius="chip"
          p="2px"
          ms="4px"
          aria-label="Other maps"
        >
          <ChevronDown size={16} strokeWidth={1.5} aria-hidden="true" />
        </chakra.button>
      </Menu.Trigger>
      <Portal>
        <Menu.Positioner>
          <Menu.Content maxH="360px">
            {others.map(({ id, name }) => (
              <Menu.Item key={id} value={id} asChild>
                <Link
                  to="/projects/$namespace/$project/maps/$mapId"
                  params={{ namespace: map.namespace, project: map.projectName, mapId: id }}
                  search={{}}
                >
                  {name}
                </Link>
              </Menu.Item>
            ))}
          </Menu.Content>
        </Menu.Positioner>
      </Portal>
    </Menu.Root>
  )
}
