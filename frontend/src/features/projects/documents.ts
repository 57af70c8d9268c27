import { graphql } from '@/gql'

export const Projects = graphql(`
  query Projects($after: String) {
    projects(first: 60, after: $after) {
      edges {
        node {
          ...ProjectInfo
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
`)

export const Invitations = graphql(`
  query Invitations {
    invitations(first: 100) {
      edges {
        node {
          id
          projectName
          role
          invitedAt
          invitedBy {
            id
            username
          }
        }
      }
      totalCount
    }
  }
`)

export const CreateProject = graphql(`
  mutation CreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
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

export const AcceptInvitation = graphql(`
  mutation AcceptInvitation($input: MembershipInput!) {
    acceptInvitation(input: $input) {
      membership {
        id
        acceptedAt
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const DeclineInvitation = graphql(`
  mutation DeclineInvitation($input: MembershipInput!) {
    declineInvitation(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)
