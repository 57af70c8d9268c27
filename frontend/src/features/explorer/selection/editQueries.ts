import { graphql } from '@/gql'

export const TagSelection = graphql(`
  mutation TagSelection($input: TagSelectionInput!) {
    tagSelection(input: $input) {
      changedCount
      undoSelectionId
      errors {
        code
        field
        message
      }
    }
  }
`)

export const UntagSelection = graphql(`
  mutation UntagSelection($input: UntagSelectionInput!) {
    untagSelection(input: $input) {
      changedCount
      undoSelectionId
      errors {
        code
        field
        message
      }
    }
  }
`)

export const SetLabel = graphql(`
  mutation SetLabel($input: SetLabelInput!) {
    setLabel(input: $input) {
      changedCount
      actionId
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

export const UndoLabelChange = graphql(`
  mutation UndoLabelChange($input: UndoLabelChangeInput!) {
    undoLabelChange(input: $input) {
      changedCount
      errors {
        code
        field
        message
      }
    }
  }
`)
