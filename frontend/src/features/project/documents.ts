import { graphql } from '@/gql'

export const ProjectHeader = graphql(`
  query ProjectHeader($id: ID!) {
    project(id: $id) {
      ...ProjectInfo
      memberships(first: 8) {
        edges {
          node {
            id
            role
            acceptedAt
            user {
              id
              username
            }
          }
        }
        totalCount
      }
      datasets(first: 1) {
        totalCount
      }
      projectionSets(first: 1) {
        totalCount
      }
      modelArchitectures(first: 1) {
        totalCount
      }
      slices(first: 1) {
        totalCount
      }
      tags(first: 1) {
        totalCount
      }
    }
    analyses(projectId: $id, first: 1) {
      totalCount
    }
    jobs(projectId: $id, active: true, first: 1) {
      totalCount
    }
  }
`)

export const RenameProject = graphql(`
  mutation RenameProject($input: RenameProjectInput!) {
    renameProject(input: $input) {
      project {
        ...ProjectInfo
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const UpdateProject = graphql(`
  mutation UpdateProject($input: UpdateProjectInput!) {
    updateProject(input: $input) {
      project {
        ...ProjectInfo
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const DeleteProject = graphql(`
  mutation DeleteProject($input: DeleteProjectInput!) {
    deleteProject(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)

export const CreateSnippetToken = graphql(`
  mutation CreateSnippetToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      secret
      errors {
        code
        field
        message
      }
    }
  }
`)

export const ProjectNames = graphql(`
  query ProjectNames {
    projects(first: 50) {
      edges {
        node {
          id
          namespace
          name
          fullName
          datapointCount
        }
      }
    }
  }
`)
