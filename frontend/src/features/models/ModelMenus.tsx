import { isOwner, type ProjectInfo } from '@/api/project'
import { type EntityAction, EntityMenu } from '@/components/EntityMenu'

import {
  DeleteLayer,
  DeleteLayerSet,
  DeleteModelArchitecture,
  DeleteTrainedModel,
  RenameLayer,
  RenameLayerSet,
  RenameModelArchitecture,
  RenameTrainedModel,
} from './writes'

interface ModelMenuProps {
  project: ProjectInfo
  id: string
  editVersion: number
  name: string
  actions?: EntityAction[]
  onDeleted?: () => void
}

const gone = 'with the embeddings, and the maps made from these. Datapoints and labels stay.'
const renamed = 'Scripts that log with it need the new name.'

export function ArchitectureMenu({ id, editVersion, onDeleted, ...props }: ModelMenuProps) {
  const consequences = `Its trained models, their inferences and layers are deleted, ${gone}`
  return (
    <EntityMenu
      {...props}
      noun="model architecture"
      rename={{
        mutation: RenameModelArchitecture,
        input: (name) => ({ id, name, expectedVersion: editVersion }),
        hint: renamed,
      }}
      remove={ownerOnly(props.project, {
        mutation: DeleteModelArchitecture,
        input: { id },
        consequences,
        onDone: onDeleted,
      })}
    />
  )
}

/** Named by its architecture and version; renamed by its version alone. */
export function TrainedModelMenu({
  id,
  editVersion,
  version,
  onDeleted,
  ...props
}: ModelMenuProps & { version: string }) {
  const consequences = `Its inferences and layers are deleted, ${gone}`
  return (
    <EntityMenu
      {...props}
      noun="trained model"
      rename={{
        mutation: RenameTrainedModel,
        input: (version) => ({ id, version, expectedVersion: editVersion }),
        label: 'Version',
        initial: version,
        hint: renamed,
      }}
      remove={ownerOnly(props.project, {
        mutation: DeleteTrainedModel,
        input: { id },
        consequences,
        onDone: onDeleted,
      })}
    />
  )
}

export function LayerSetMenu({ id, editVersion, ...props }: ModelMenuProps) {
  const consequences = `Its layers are deleted, ${gone}`
  return (
    <EntityMenu
      {...props}
      noun="layer set"
      rename={{ mutation: RenameLayerSet, input: (name) => ({ id, name, expectedVersion: editVersion }) }}
      remove={ownerOnly(props.project, { mutation: DeleteLayerSet, input: { id }, consequences })}
    />
  )
}

export function LayerMenu({ id, editVersion, ...props }: ModelMenuProps) {
  const consequences = `It is deleted ${gone}`
  return (
    <EntityMenu
      {...props}
      noun="layer"
      rename={{
        mutation: RenameLayer,
        input: (name) => ({ id, name, expectedVersion: editVersion }),
        hint: renamed,
      }}
      remove={ownerOnly(props.project, { mutation: DeleteLayer, input: { id }, consequences })}
    />
  )
}

/** What was logged is deleted by owners alone. */
function ownerOnly<Verb>(project: ProjectInfo, verb: Verb): Verb | undefined {
  return isOwner(project) ? verb : undefined
}
