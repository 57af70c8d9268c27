import { graphql } from '@/gql'

export const ChangePassword = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)

export const ApiTokens = graphql(`
  query ApiTokens {
    apiTokens(first: 200) {
      edges {
        node {
          ...ApiTokenRow
        }
      }
      totalCount
    }
  }
`)

export const ApiTokenFields = graphql(`
  fragment ApiTokenRow on ApiToken {
    id
    name
    prefix
    scope
    createdAt
    expiresAt
    revokedAt
    lastUsedAt
    project {
      id
      fullName
    }
  }
`)

export const TokenProjects = graphql(`
  query TokenProjects {
    projects(first: 200) {
      edges {
        node {
          id
          fullName
        }
      }
    }
  }
`)

export const CreateApiToken = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      apiToken {
        ...ApiTokenRow
      }
      secret
      errors {
        code
        field
        message
      }
    }
  }
`)

export const RevokeApiToken = graphql(`
  mutation RevokeApiToken($input: RevokeApiTokenInput!) {
    revokeApiToken(input: $input) {
      apiToken {
        ...ApiTokenRow
      }
      errors {
        code
        field
        message
      }
    }
  }
`)
