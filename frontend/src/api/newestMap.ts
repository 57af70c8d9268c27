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
          sources {
            position
            embeddingSet {
              id
              dataset {
                id
              }
            }
          }
        }
      }
    }
  }
`)

/**
 * The newest finished map of a project, on which tags, slices and scores are looked at, preferably one that shows one
 * of these datasets; null where there is none.
 */
export function useNewestMap(
  projectId: string,
  datasetIds: readonly string[] = [],
): { id: string; name: string } | null {
  const [{ data }] = useQuery({ query: NewestMaps, variables: { projectId } })
  const finished = data?.projectionSets.edges.map(({ node }) => node).filter((map) => map.finishedAt)
  const shows = (map: NonNullable<typeof finished>[number]) =>
    map.sources.some(({ embeddingSet }) => datasetIds.includes(embeddingSet.dataset.id))
  return finished?.find(shows) ?? finished?.[0] ?? null
}
