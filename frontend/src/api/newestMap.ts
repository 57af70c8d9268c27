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

interface NamedMap {
  id: string
  name: string
}

/**
 * The newest finished map of a project, on which tags, slices and scores are looked at; null where there is none.
 */
export function useNewestMap(projectId: string): NamedMap | null {
  return useNewestMaps(projectId)[0] ?? null
}

/** Tells which map shows the datapoints of a dataset: the newest, null where none does. */
export function useMapOfDataset(projectId: string): (datasetId: string) => NamedMap | null {
  const maps = useNewestMaps(projectId)
  return (datasetId) =>
    maps.find((map) => map.sources.some(({ embeddingSet }) => embeddingSet.dataset.id === datasetId)) ?? null
}

function useNewestMaps(projectId: string) {
  const [{ data }] = useQuery({ query: NewestMaps, variables: { projectId } })
  return data?.projectionSets.edges.map(({ node }) => node).filter((map) => map.finishedAt) ?? []
}
