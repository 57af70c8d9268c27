import { graphql } from '@/gql'

export const ExplorerSlices = graphql(`
  query ExplorerSlices($projectId: ID!, $search: String, $first: Int!) {
    slices(projectId: $projectId, search: $search, first: $first) {
      totalCount
      edges {
        node {
          id
          editVersion
          name
          description
          isFrozen
          datapointCount
          notes
        }
      }
    }
  }
`)

export const CreateExplorerSlice = graphql(`
  mutation CreateExplorerSlice($input: CreateSliceInput!) {
    createSlice(input: $input) {
      slice {
        id
        name
        datapointCount
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const UpdateExplorerSlice = graphql(`
  mutation UpdateExplorerSlice($input: UpdateSliceInput!) {
    updateSlice(input: $input) {
      slice {
        id
        name
        datapointCount
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const RenameExplorerSlice = graphql(`
  mutation RenameExplorerSlice($input: RenameSliceInput!) {
    renameSlice(input: $input) {
      slice {
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

export const DeleteExplorerSlice = graphql(`
  mutation DeleteExplorerSlice($input: DeleteSliceInput!) {
    deleteSlice(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)

export const CreateExplorerExport = graphql(`
  mutation CreateExplorerExport($input: CreateExportInput!) {
    createExport(input: $input) {
      export {
        id
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const ExplorerExport = graphql(`
  query ExplorerExport($id: ID!) {
    export(id: $id) {
      id
      fileName
      byteSize
      rowCount
      downloadUrl
      job {
        ...JobFields
      }
    }
  }
`)

export const DeleteExplorerDatapoints = graphql(`
  mutation DeleteExplorerDatapoints($input: DeleteDatapointsInput!) {
    deleteDatapoints(input: $input) {
      job {
        ...JobFields
      }
      errors {
        code
        field
        message
      }
    }
  }
`)
