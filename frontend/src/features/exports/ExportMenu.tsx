import { Trash2 } from 'lucide-react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import type { MeUser } from '@/api/me'
import { announce } from '@/api/news'
import { canEdit, type ProjectInfo } from '@/api/project'
import { DeleteDialog } from '@/components/DeleteDialog'
import { RowMenu } from '@/components/RowMenu'
import type { ExportRowFragment } from '@/gql/graphql'

import { DeleteExport } from './documents'

interface ExportMenuProps {
  project: ProjectInfo
  me: MeUser
  each: ExportRowFragment
}

/** One's own exports can be deleted by anybody, those of others by editors. */
export function ExportMenu({ project, me, each }: ExportMenuProps) {
  const [isOpen, setOpen] = useState(false)
  const { run, isPending, errors } = useAction(DeleteExport)
  if (!canEdit(project) && each.createdBy?.id !== me.id) return null

  async function confirm() {
    if (!(await run({ input: { id: each.id } }))) return
    setOpen(false)
    announce(project.id)
  }
  return (
    <>
      <RowMenu
        label={`Actions for export ${each.fileName}`}
        actions={[{ text: 'Delete', icon: Trash2, isDanger: true, run: () => setOpen(true) }]}
      />
      {isOpen && (
        <DeleteDialog
          noun="export"
          name={each.fileName}
          isPending={isPending}
          errors={errors}
          onConfirm={() => void confirm()}
          onClose={() => setOpen(false)}
        >
          The file cannot be downloaded any more. The datapoints stay, so that it can be exported again.
        </DeleteDialog>
      )}
    </>
  )
}
