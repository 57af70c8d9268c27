import { graphql } from '@/gql'

export const Tags = graphql(`
  query Tags($projectId: ID!) {
    tags(projectId: $projectId, first: 200) {
      edges {
        node {
          id
          name
          datapointCount
        }
      }
      totalCount
    }
  }
`)

export const CreateTag = graphql(`
  mutation CreateTag($input: CreateTagInput!) {
    createTag(input: $input) {
      tag {
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

export const RenameTag = graphql(`
  mutation RenameTag($input: RenameTagInput!) {
    renameTag(input: $input) {
      tag {
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

export const DeleteTag = graphql(`
  mutation DeleteTag($input: DeleteTagInput!) {
    deleteTag(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)
