import { useQuery } from 'urql'

import { graphql } from '@/gql'

const NewestMaps = graphql(`
  query NewestMaps($projectId: ID!) {
    projectionSets(projectId: $projectId, first: 20) {
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

/** The newest finished map of a project, on which tags, slices and scores are looked at; null where there is none. */
export function useNewestMap(projectId: string): { id: string; name: string } | null {
  const [{ data }] = useQuery({ query: NewestMaps, variables: { projectId } })
  const nodes = data?.projectionSets.edges.map(({ node }) => node)
  return nodes?.find((map) => map.finishedAt) ?? null
}
