import { graphql } from '@/gql'

export const RenameSlice = graphql(`
  mutation RenameSlice($input: RenameSliceInput!) {
    renameSlice(input: $input) {
      slice {
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

export const UpdateSlice = graphql(`
  mutation UpdateSlice($input: UpdateSliceInput!) {
    updateSlice(input: $input) {
      slice {
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

export const FreezeSlice = graphql(`
  mutation FreezeSlice($input: FreezeSliceInput!) {
    freezeSlice(input: $input) {
      slice {
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

export const DeleteSlice = graphql(`
  mutation DeleteSlice($input: DeleteSliceInput!) {
    deleteSlice(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)
