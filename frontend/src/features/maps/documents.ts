import { graphql } from '@/gql'

export const MapList = graphql(`
  query MapList($projectId: ID!, $search: String, $first: Int!, $after: String) {
    projectionSets(projectId: $projectId, search: $search, first: $first, after: $after) {
      edges {
        node {
          ...MapCard
        }
      }
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

export const CategoryColours = graphql(`
  query CategoryColours($projectId: ID!) {
    categories(projectId: $projectId, first: 500) {
      edges {
        node {
          id
          colour
        }
      }
    }
  }
`)

export const MapCardFields = graphql(`
  fragment MapCard on ProjectionSet {
    id
    editVersion
    name
    createdAt
    finishedAt
    projectionCount
    stale
    projector {
      id
      method
    }
    job {
      ...JobFields
    }
    sources {
      position
      newDatapointCount
      embeddingSet {
        id
        dataset {
          id
          name
          labelVersion
        }
      }
    }
  }
`)

export const MapChoices = graphql(`
  query MapChoices($projectId: ID!) {
    projectionMethods {
      name
      title
      description
      advice
      available
      unavailableReason
      hasSeed
      parameters {
        name
        title
        description
        kind
        default
        minimum
        maximum
        choices
        isAdvanced
      }
      presets {
        name
        title
        description
        parameters
      }
      engines {
        name
        title
        description
        available
        unavailableReason
      }
    }
    embeddingSets(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          dimension
          embeddingCount
          contextCount
          objectCount
          dataset {
            id
            name
          }
          layer {
            id
            name
            layerSet {
              id
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
`)

export const ProjectionEstimate = graphql(`
  query ProjectionEstimate(
    $embeddingSetIds: [ID!]!
    $method: String!
    $parameters: JSON
    $role: DatapointRole
  ) {
    projectionEstimate(
      embeddingSetIds: $embeddingSetIds
      method: $method
      parameters: $parameters
      role: $role
    ) {
      count
      seconds
      bytes
      text
      warning
      needsConfirmation
    }
  }
`)

export const RunProjection = graphql(`
  mutation RunProjection($input: RunProjectionInput!) {
    runProjection(input: $input) {
      projectionSet {
        id
        name
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const RenameProjectionSet = graphql(`
  mutation RenameProjectionSet($input: RenameProjectionSetInput!) {
    renameProjectionSet(input: $input) {
      projectionSet {
        id
        name
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const DeleteProjectionSet = graphql(`
  mutation DeleteProjectionSet($input: DeleteProjectionSetInput!) {
    deleteProjectionSet(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)

export const MapAbout = graphql(`
  query MapAbout($id: ID!) {
    projectionSet(id: $id) {
      ...MapCard
      quality
      notes
      role
      drift
      previous {
        id
      }
      versions {
        id
        name
        origin
        finishedAt
      }
      contextCount
      objectCount
      createdBy {
        id
        username
      }
      projector {
        id
        method
        parameters
        seed
      }
      sources {
        position
        newDatapointCount
        embeddingSet {
          id
          dimension
          embeddingCount
          dataset {
            id
            name
          }
          layer {
            id
            name
            layerSet {
              id
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
`)
