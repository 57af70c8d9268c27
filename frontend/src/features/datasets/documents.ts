import { graphql } from '@/gql'

export const Datasets = graphql(`
  query Datasets($projectId: ID!) {
    datasets(projectId: $projectId, first: 60) {
      edges {
        node {
          ...DatasetCard
        }
      }
      totalCount
    }
  }
`)

export const DatasetCardFields = graphql(`
  fragment DatasetCard on Dataset {
    id
    name
    kind
    createdAt
    updatedAt
    datapointCount
    labelledCount
    datapoints(first: 8) {
      edges {
        node {
          id
          key
          resource {
            id
            kind
            text
            thumbnailUrl
          }
        }
      }
    }
    inferenceSets(last: 1) {
      edges {
        node {
          id
          disagreementCount
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
    embeddingSets(first: 20) {
      edges {
        node {
          id
          dimension
          layer {
            id
            name
          }
        }
      }
      totalCount
    }
  }
`)

export const RenameDataset = graphql(`
  mutation RenameDataset($input: RenameDatasetInput!) {
    renameDataset(input: $input) {
      dataset {
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

export const DeleteDataset = graphql(`
  mutation DeleteDataset($input: DeleteDatasetInput!) {
    deleteDataset(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)
