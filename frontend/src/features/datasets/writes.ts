import { graphql } from '@/gql'

export const CreateDataset = graphql(`
  mutation CreateDataset($input: CreateDatasetInput!) {
    createDataset(input: $input) {
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

export const ChangeDatasetKind = graphql(`
  mutation ChangeDatasetKind($input: ChangeDatasetKindInput!) {
    changeDatasetKind(input: $input) {
      dataset {
        id
        kind
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

export const DeleteInferenceSet = graphql(`
  mutation DeleteInferenceSet($input: DeleteInferenceSetInput!) {
    deleteInferenceSet(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)
