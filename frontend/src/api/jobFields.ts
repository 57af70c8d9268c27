import { graphql } from '@/gql'

export const JobFields = graphql(`
  fragment JobFields on Job {
    id
    kind
    title
    lane
    state
    phase
    done
    total
    fraction
    attempt
    maxAttempts
    error
    targetType
    targetId
    requestedBy {
      id
      username
    }
    createdAt
    startedAt
    finishedAt
    queuePosition
    frameNumber
    stopRequestedAt
    canCancel
    canStop
    canRetry
  }
`)
