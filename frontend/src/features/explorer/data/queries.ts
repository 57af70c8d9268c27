import { graphql } from '@/gql'

/** Everything but the arrays: what the map is made of, and the version of every column it can show. */
export const ExplorerMapQuery = graphql(`
  query ExplorerMap($id: ID!) {
    projectionSet(id: $id) {
      id
      name
      finishedAt
      projectionCount
      notes
      stale
      columns {
        name
        title
        description
        direction
        minimum
        maximum
      }
      projector {
        id
        method
      }
      job {
        ...JobFields
      }
      project {
        id
        namespace
        name
        myRole
        lastSeq
        categories(first: 500) {
          ...CategoryPage
        }
        tags(first: 500) {
          ...TagPage
        }
        analyses(first: 100) {
          edges {
            node {
              id
              name
              finishedAt
              scoreSets {
                id
                name
                title
                direction
                unit
                values
                version
                dataset {
                  id
                }
              }
            }
          }
        }
      }
      sources {
        position
        newDatapointCount
        embeddingSet {
          id
          layer {
            id
            layerSet {
              id
              trainedModel {
                id
              }
            }
          }
          dataset {
            id
            name
            labelVersion
            version
            datapointCount
            objectCount
            nextRow
            metadataFields {
              id
              name
              kind
              version
            }
            inferenceSets(first: 100) {
              edges {
                node {
                  id
                  version
                  hasConfidence
                  createdAt
                  trainedModel {
                    id
                    version
                    modelArchitecture {
                      id
                      name
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`)

export const CategoryPage = graphql(`
  fragment CategoryPage on CategoryConnection {
    totalCount
    edges {
      node {
        id
        name
        colour
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`)

export const TagPage = graphql(`
  fragment TagPage on TagConnection {
    edges {
      node {
        id
        name
        memberships {
          version
          datapointCount
          dataset {
            id
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`)

/** The tags of a project that has more than one page of them. */
export const MoreTagsQuery = graphql(`
  query MoreTags($projectId: ID!, $after: String) {
    tags(projectId: $projectId, first: 500, after: $after) {
      ...TagPage
    }
  }
`)

/** The categories of a project that has more than one page of them. */
export const MoreCategoriesQuery = graphql(`
  query MoreCategories($projectId: ID!, $after: String) {
    categories(projectId: $projectId, first: 500, after: $after) {
      ...CategoryPage
    }
  }
`)

export const DatapointBriefsQuery = graphql(`
  query DatapointBriefs($datasetId: ID!, $rows: [Int!]!, $first: Int!) {
    datapoints(datasetId: $datasetId, rows: $rows, first: $first) {
      edges {
        node {
          id
          row
          key
          role
          thumbnailUrl
          resource {
            id
            kind
            text
          }
        }
      }
    }
  }
`)
