import { graphql } from '@/gql'

export const History = graphql(`
  query History($projectId: ID!, $first: Int!, $after: String) {
    auditEntries(projectId: $projectId, first: $first, after: $after) {
      edges {
        node {
          ...HistoryEntry
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

export const HistoryEntryFields = graphql(`
  fragment HistoryEntry on AuditEntry {
    id
    actorName
    tokenPrefix
    action
    targetType
    targetId
    targetName
    before
    after
    at
  }
`)
