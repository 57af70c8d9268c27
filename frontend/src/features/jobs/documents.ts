import { graphql } from '@/gql'

export const ActiveJobs = graphql(`
  query ActiveJobs($projectId: ID!) {
    jobs(projectId: $projectId, active: true, first: 50) {
      edges {
        node {
          ...JobFields
        }
      }
      totalCount
    }
  }
`)

export const FinishedJobs = graphql(`
  query FinishedJobs($projectId: ID!, $search: String, $first: Int!, $after: String) {
    jobs(projectId: $projectId, active: false, search: $search, first: $first, after: $after) {
      edges {
        node {
          ...JobFields
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

export const JobDetail = graphql(`
  query JobDetail($id: ID!) {
    job(id: $id) {
      ...JobFields
      log
      parts {
        count
        queued
        running
        done
        failed
        cancelled
      }
    }
  }
`)

export const MapOfJob = graphql(`
  query MapOfJob($id: ID!) {
    projectionSet(id: $id) {
      id
      name
      projectionCount
      quality
      finishedAt
      projector {
        id
        method
        parameters
        seed
      }
    }
  }
`)
