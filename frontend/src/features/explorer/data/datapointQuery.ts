import { graphql } from '@/gql'

/** All that is known about one datapoint. */
export const ExplorerDatapointQuery = graphql(`
  query ExplorerDatapoint($id: ID!) {
    datapoint(id: $id) {
      id
      row
      key
      role
      source
      region
      dataset {
        id
        name
      }
      parent {
        id
        key
      }
      resource {
        id
        kind
        text
        mediaType
        size
        url
        thumbnailUrl
      }
      label {
        id
        name
      }
      loggedLabel {
        id
        name
      }
      inferences {
        inferenceSet {
          id
          trainedModel {
            id
            version
            modelArchitecture {
              id
              name
            }
          }
        }
        category {
          id
          name
        }
        confidence
        probabilities {
          category {
            id
            name
          }
          value
        }
      }
      metadata {
        name
        value
      }
      tags {
        id
        name
      }
      embeddings {
        embeddingSet {
          id
          dimension
          layer {
            id
            name
            layerSet {
              id
              trainedModel {
                id
                version
                modelArchitecture {
                  id
                  name
                }
              }
            }
          }
        }
      }
      labelChanges(first: 50) {
        edges {
          node {
            id
            fromCategory {
              id
              name
            }
            toCategory {
              id
              name
            }
            by {
              id
              username
            }
            isLogged
            why
            at
          }
        }
      }
      comments(first: 50) {
        edges {
          node {
            id
            text
            at
            author {
              id
              username
            }
          }
        }
      }
    }
  }
`)

export const AddCommentMutation = graphql(`
  mutation AddExplorerComment($input: AddCommentInput!) {
    addComment(input: $input) {
      comment {
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
