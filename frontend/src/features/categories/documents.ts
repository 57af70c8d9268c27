import { graphql } from '@/gql'

export const CategoryList = graphql(`
  query CategoryList($projectId: ID!, $search: String, $first: Int!, $after: String) {
    categories(projectId: $projectId, search: $search, first: $first, after: $after) {
      edges {
        node {
          id
          editVersion
          name
          colour
          labelCount
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

export const CreateCategory = graphql(`
  mutation CreateCategory($input: CreateCategoryInput!) {
    createCategory(input: $input) {
      category {
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

export const RenameCategory = graphql(`
  mutation RenameCategory($input: RenameCategoryInput!) {
    renameCategory(input: $input) {
      category {
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

export const DeleteCategory = graphql(`
  mutation DeleteCategory($input: DeleteCategoryInput!) {
    deleteCategory(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)

export const UpdateCategory = graphql(`
  mutation UpdateCategory($input: UpdateCategoryInput!) {
    updateCategory(input: $input) {
      category {
        id
        colour
      }
      errors {
        code
        field
        message
      }
    }
  }
`)
