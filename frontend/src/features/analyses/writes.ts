import { graphql } from '@/gql'

export const RunClassQuality = graphql(`
  mutation RunClassQuality($input: RunClassQualityInput!) {
    runClassQuality(input: $input) {
      analysis {
        id
        name
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const MatchObjects = graphql(`
  mutation MatchObjects($input: MatchObjectsInput!) {
    matchObjects(input: $input) {
      analysis {
        id
        name
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const RenameAnalysis = graphql(`
  mutation RenameAnalysis($input: RenameAnalysisInput!) {
    renameAnalysis(input: $input) {
      analysis {
        id
        name
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

export const DeleteAnalysis = graphql(`
  mutation DeleteAnalysis($input: DeleteAnalysisInput!) {
    deleteAnalysis(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)
