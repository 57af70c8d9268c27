import { isOwner, type ProjectInfo } from '@/api/project'
import { EntityMenu } from '@/components/EntityMenu'
import { countOf } from '@/components/format'

import { DeleteDataset, RenameDataset } from './writes'

interface DatasetMenuProps {
  project: ProjectInfo
  dataset: { id: string; editVersion: number; name: string; datapointCount: number }
  onDeleted?: () => void
}

export function DatasetMenu({ project, dataset, onDeleted }: DatasetMenuProps) {
  const { id, editVersion, name, datapointCount } = dataset
  return (
    <EntityMenu
      project={project}
      noun="dataset"
      name={name}
      rename={{
        mutation: RenameDataset,
        input: (next) => ({ id, name: next, expectedVersion: editVersion }),
        hint: 'Scripts that name it need the new name.',
      }}
      remove={
        isOwner(project)
          ? {
              mutation: DeleteDataset,
              input: { id, confirmName: name },
              mustTypeName: true,
              consequences: `Its ${countOf(datapointCount, 'datapoint')} with labels, inferences, embeddings and tags are deleted. This cannot be undone.`,
              onDone: onDeleted,
            }
          : undefined
      }
    />
  )
}
