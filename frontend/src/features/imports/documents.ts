import { graphql } from '@/gql'

export const ImportList = graphql(`
  query ImportList($projectId: ID!, $first: Int!, $after: String) {
    imports(projectId: $projectId, first: $first, after: $after) {
      edges {
        node {
          ...ImportRow
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

export const ImportRowFields = graphql(`
  fragment ImportRow on Import {
    id
    fileName
    byteSize
    format
    state
    rowCount
    errorCount
    createdAt
    expiresAt
    createdBy {
      id
      username
    }
    dataset {
      id
      name
    }
    job {
      ...JobFields
    }
  }
`)

export const ImportDetail = graphql(`
  query ImportDetail($id: ID!) {
    import(id: $id) {
      ...ImportRow
      report
      columns {
        name
        kind
        samples
        suggestedField
      }
      preview
      errors {
        row
        column
        message
      }
    }
  }
`)

export const ImportState = graphql(`
  query ImportStateNow($id: ID!) {
    import(id: $id) {
      id
      state
    }
  }
`)

export const StartImport = graphql(`
  mutation StartImport($input: StartImportInput!) {
    startImport(input: $input) {
      import {
        id
        state
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const DeleteImport = graphql(`
  mutation DeleteImport($input: DeleteImportInput!) {
    deleteImport(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)
