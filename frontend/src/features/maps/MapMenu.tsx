import { PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import { canEdit, type ProjectInfo } from '@/api/project'
import { DeleteDialog } from '@/components/DeleteDialog'
import { NameDialog } from '@/components/NameDialog'
import { RowMenu } from '@/components/RowMenu'

import { DeleteProjectionSet, RenameProjectionSet } from './documents'

interface MapMenuProps {
  project: ProjectInfo
  map: { id: string; name: string }
}

export function MapMenu({ project, map }: MapMenuProps) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null)
  const rename = useAction(RenameProjectionSet)
  const remove = useAction(DeleteProjectionSet)

  async function submitName(name: string) {
    if (await rename.run({ input: { id: map.id, name } })) done()
  }
  async function confirmDelete() {
    if (await remove.run({ input: { id: map.id } })) done()
  }
  function done() {
    setOpen(null)
    announce(project.id)
  }
  if (!canEdit(project)) return null
  return (
    <>
      <RowMenu
        label={`Actions for map ${map.name}`}
        actions={[
          { text: 'Rename', icon: PencilLine, run: () => setOpen('rename') },
          { text: 'Delete', icon: Trash2, isDanger: true, run: () => setOpen('delete') },
        ]}
      />
      {open === 'rename' && (
        <NameDialog
          title="Rename map"
          verb="Rename"
          initial={map.name}
          isPending={rename.isPending}
          errors={rename.errors}
          onSubmit={submitName}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'delete' && (
        <DeleteDialog
          noun="map"
          name={map.name}
          isPending={remove.isPending}
          errors={remove.errors}
          onConfirm={confirmDelete}
          onClose={() => setOpen(null)}
        >
          The positions are deleted. Datapoints, labels and embeddings stay, so that the map can be made
          again.
        </DeleteDialog>
      )}
    </>
  )
}
