import { PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import { canEdit, type ProjectInfo } from '@/api/project'
import { DeleteDialog } from '@/components/DeleteDialog'
import { countOf } from '@/components/format'
import { NameDialog } from '@/components/NameDialog'
import { RowMenu } from '@/components/RowMenu'
import { toast } from '@/components/toast'

import { DeleteDataset, RenameDataset } from './documents'
import type { DatasetItem } from './useDatasets'

export function DatasetMenu({ project, dataset }: { project: ProjectInfo; dataset: DatasetItem }) {
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null)
  const rename = useAction(RenameDataset)
  const remove = useAction(DeleteDataset)
  const close = () => setOpen(null)

  async function submitName(name: string) {
    if (await rename.run({ input: { id: dataset.id, name } })) done()
  }
  async function confirmDelete() {
    if (!(await remove.run({ input: { id: dataset.id, confirmName: dataset.name } }))) return
    toast({ text: `Deleting dataset ${dataset.name}` })
    done()
  }
  function done() {
    close()
    announce(project.id)
  }
  if (!canEdit(project)) return null
  return (
    <>
      <RowMenu
        label={`Actions for ${dataset.name}`}
        actions={[
          { text: 'Rename', icon: PencilLine, run: () => setOpen('rename') },
          { text: 'Delete', icon: Trash2, isDanger: true, run: () => setOpen('delete') },
        ]}
      />
      {open === 'rename' && (
        <NameDialog
          title="Rename dataset"
          verb="Rename"
          hint="Scripts that name it need the new name."
          initial={dataset.name}
          isPending={rename.isPending}
          errors={rename.errors}
          onSubmit={submitName}
          onClose={close}
        />
      )}
      {open === 'delete' && (
        <DeleteDialog
          noun="dataset"
          name={dataset.name}
          mustTypeName
          isPending={remove.isPending}
          errors={remove.errors}
          onConfirm={confirmDelete}
          onClose={close}
        >
          Its {countOf(dataset.datapointCount, 'datapoint')} with labels, inferences, embeddings and tags are
          deleted. This cannot be undone.
        </DeleteDialog>
      )}
    </>
  )
}
