import { graphql } from '@/gql'

export const Members = graphql(`
  query Members($projectId: ID!, $first: Int!, $after: String) {
    memberships(projectId: $projectId, first: $first, after: $after) {
      edges {
        node {
          id
          role
          invitedAt
          acceptedAt
          user {
            id
            username
          }
          invitedBy {
            id
            username
          }
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

export const InviteMember = graphql(`
  mutation InviteMember($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      membership {
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

export const ChangeRole = graphql(`
  mutation ChangeRole($input: ChangeRoleInput!) {
    changeRole(input: $input) {
      membership {
        id
        role
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const RemoveMember = graphql(`
  mutation RemoveMember($input: MembershipInput!) {
    removeMember(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)
