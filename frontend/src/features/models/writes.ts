import { graphql } from '@/gql'

export const CreateModelArchitecture = graphql(`
  mutation CreateModelArchitecture($input: CreateModelArchitectureInput!) {
    createModelArchitecture(input: $input) {
      modelArchitecture {
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

export const CreateTrainedModel = graphql(`
  mutation CreateTrainedModel($input: CreateTrainedModelInput!) {
    createTrainedModel(input: $input) {
      trainedModel {
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

export const CreateLayerSet = graphql(`
  mutation CreateLayerSet($input: CreateLayerSetInput!) {
    createLayerSet(input: $input) {
      layerSet {
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

export const CreateLayer = graphql(`
  mutation CreateLayer($input: CreateLayerInput!) {
    createLayer(input: $input) {
      layer {
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

export const RenameModelArchitecture = graphql(`
  mutation RenameModelArchitecture($input: RenameModelArchitectureInput!) {
    renameModelArchitecture(input: $input) {
      modelArchitecture {
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

export const RenameTrainedModel = graphql(`
  mutation RenameTrainedModel($input: RenameTrainedModelInput!) {
    renameTrainedModel(input: $input) {
      trainedModel {
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

export const RenameLayerSet = graphql(`
  mutation RenameLayerSet($input: RenameLayerSetInput!) {
    renameLayerSet(input: $input) {
      layerSet {
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

export const RenameLayer = graphql(`
  mutation RenameLayer($input: RenameLayerInput!) {
    renameLayer(input: $input) {
      layer {
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

export const UpdateTrainedModel = graphql(`
  mutation UpdateTrainedModel($input: UpdateTrainedModelInput!) {
    updateTrainedModel(input: $input) {
      trainedModel {
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

export const DeleteModelArchitecture = graphql(`
  mutation DeleteModelArchitecture($input: DeleteModelArchitectureInput!) {
    deleteModelArchitecture(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)

export const DeleteTrainedModel = graphql(`
  mutation DeleteTrainedModel($input: DeleteTrainedModelInput!) {
    deleteTrainedModel(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)

export const DeleteLayerSet = graphql(`
  mutation DeleteLayerSet($input: DeleteLayerSetInput!) {
    deleteLayerSet(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)

export const DeleteLayer = graphql(`
  mutation DeleteLayer($input: DeleteLayerInput!) {
    deleteLayer(input: $input) {
      errors {
        code
        field
        message
      }
    }
  }
`)
