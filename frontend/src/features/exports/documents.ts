import { graphql } from '@/gql'

export const ExportList = graphql(`
  query ExportList($projectId: ID!, $first: Int!, $after: String) {
    exports(projectId: $projectId, first: $first, after: $after) {
      edges {
        node {
          ...ExportRow
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

export const ExportRowFields = graphql(`
  fragment ExportRow on Export {
    id
    format
    scope
    fileName
    byteSize
    rowCount
    createdAt
    expiresAt
    downloadUrl
    createdBy {
      id
      username
    }
    job {
      ...JobFields
    }
  }
`)

export const ExportChoices = graphql(`
  query ExportChoices($projectId: ID!, $datasetId: ID) {
    embeddingSets(projectId: $projectId, datasetId: $datasetId, first: 200) {
      edges {
        node {
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
          }
        }
      }
    }
  }
`)

export const CreateExport = graphql(`
  mutation CreateExport($input: CreateExportInput!) {
    createExport(input: $input) {
      export {
        id
        fileName
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const DeleteExport = graphql(`
  mutation DeleteExport($input: DeleteExportInput!) {
    deleteExport(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)
