import { graphql } from '@/gql'

/** Also the overview reads it, with a few. */
export const TagList = graphql(`
  query TagList($projectId: ID!, $search: String, $first: Int!, $after: String) {
    tags(projectId: $projectId, search: $search, first: $first, after: $after) {
      edges {
        node {
          ...TagRow
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

export const TagRowFields = graphql(`
  fragment TagRow on Tag {
    id
    editVersion
    name
    datapointCount
    memberships {
      datapointCount
      dataset {
        id
        name
      }
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
