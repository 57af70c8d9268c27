import { graphql } from '@/gql'

export const Members = graphql(`
  query Members($projectId: ID!) {
    memberships(projectId: $projectId, first: 200) {
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
