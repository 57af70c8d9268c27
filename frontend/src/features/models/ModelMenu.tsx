import { PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import { canEdit, type ProjectInfo } from '@/api/project'
import { DeleteDialog } from '@/components/DeleteDialog'
import { NameDialog } from '@/components/NameDialog'
import { RowMenu } from '@/components/RowMenu'

import {
  DeleteModelArchitecture,
  DeleteTrainedModel,
  RenameModelArchitecture,
  RenameTrainedModel,
} from './documents'

interface ModelMenuProps {
  project: ProjectInfo
  noun: 'model architecture' | 'trained model'
  id: string
  name: string
}

/** Rename and delete, for an architecture by its name and for a trained model by its version. */
export function ModelMenu({ project, noun, id, name }: ModelMenuProps) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null)
  const isArchitecture = noun === 'model architecture'
  const renameArchitecture = useAction(RenameModelArchitecture)
  const renameModel = useAction(RenameTrainedModel)
  const deleteArchitecture = useAction(DeleteModelArchitecture)
  const deleteModel = useAction(DeleteTrainedModel)
  const rename = isArchitecture ? renameArchitecture : renameModel
  const remove = isArchitecture ? deleteArchitecture : deleteModel

  async function submitName(next: string) {
    const payload = isArchitecture
      ? await renameArchitecture.run({ input: { id, name: next } })
      : await renameModel.run({ input: { id, version: next } })
    if (payload) done()
  }
  async function confirmDelete() {
    if (await remove.run({ input: { id } })) done()
  }
  function done() {
    setOpen(null)
    announce(project.id)
  }
  if (!canEdit(project)) return null
  return (
    <>
      <RowMenu
        label={`Actions for ${name}`}
        actions={[
          { text: 'Rename', icon: PencilLine, run: () => setOpen('rename') },
          { text: 'Delete', icon: Trash2, isDanger: true, run: () => setOpen('delete') },
        ]}
      />
      {open === 'rename' && (
        <NameDialog
          title={`Rename ${noun}`}
          verb="Rename"
          label={isArchitecture ? 'Name' : 'Version'}
          initial={name}
          isPending={rename.isPending}
          errors={rename.errors}
          onSubmit={submitName}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'delete' && (
        <DeleteDialog
          noun={noun}
          name={name}
          isPending={remove.isPending}
          errors={remove.errors}
          onConfirm={confirmDelete}
          onClose={() => setOpen(null)}
        >
          Its inferences, layers and embeddings are deleted with it. Maps made from them keep their positions.
        </DeleteDialog>
      )}
    </>
  )
}
