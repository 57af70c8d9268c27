import { graphql } from '@/gql'

/** All that is known about one datapoint. */
export const DatapointQuery = graphql(`
  query Datapoint($id: ID!) {
    datapoint(id: $id) {
      id
      row
      key
      role
      region
      objectCount
      thumbnailUrl
      sourceModel {
        id
        version
        modelArchitecture {
          id
          name
        }
      }
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
        width
        height
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
      scores {
        scoreSet {
          id
          title
          direction
          unit
          low
          high
          analysis {
            id
            name
          }
        }
        value
        text
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
      comments(first: 100) {
        edges {
          node {
            id
            editVersion
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

export const AddComment = graphql(`
  mutation AddComment($input: AddCommentInput!) {
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

export const EditComment = graphql(`
  mutation EditComment($input: EditCommentInput!) {
    editComment(input: $input) {
      comment {
        id
        text
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const DeleteComment = graphql(`
  mutation DeleteComment($input: DeleteCommentInput!) {
    deleteComment(input: $input) {
      deletedId
      errors {
        code
        field
        message
      }
    }
  }
`)

/** What a datapoint can be labelled and tagged with. */
export const ProjectWordsQuery = graphql(`
  query ProjectWords($projectId: ID!) {
    categories(projectId: $projectId, first: 500) {
      edges {
        node {
          id
          name
          colour
        }
      }
    }
    tags(projectId: $projectId, first: 500) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`)
