import { useNavigate } from '@tanstack/react-router'
import { PencilLine, Text as TextIcon, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { canEdit, isOwner, type ProjectInfo } from '@/api/project'
import { DeleteDialog } from '@/components/DeleteDialog'
import { NameDialog } from '@/components/NameDialog'
import { RowMenu } from '@/components/RowMenu'
import { toast } from '@/components/toast'

import { DescriptionDialog } from './DescriptionDialog'
import { DeleteProject, RenameProject } from './documents'

/** What an owner can do to the project itself. */
export function ProjectMenu({ project }: { project: ProjectInfo }) {
  const [open, setOpen] = useState<'rename' | 'describe' | 'delete' | null>(null)
  const [seen, setSeen] = useState(project.editVersion)
  const rename = useAction(RenameProject)
  const remove = useAction(DeleteProject)
  const navigate = useNavigate()
  const close = () => setOpen(null)

  function openRename() {
    setSeen(project.editVersion)
    rename.reset()
    setOpen('rename')
  }
  async function submitName(name: string) {
    const payload = await rename.run({ input: { id: project.id, name, expectedVersion: seen } })
    if (!payload?.project) return
    close()
    const params = { namespace: payload.project.namespace, project: payload.project.name }
    await navigate({ to: '/projects/$namespace/$project', params, replace: true })
  }
  async function confirmDelete() {
    const payload = await remove.run({ input: { id: project.id, confirmName: project.name } })
    if (!payload) return
    toast({ text: `Deleting ${project.fullName}` })
    await navigate({ to: '/' })
  }
  if (!canEdit(project)) return null
  return (
    <>
      <RowMenu
        label="Project actions"
        actions={[
          { text: 'Describe', icon: TextIcon, run: () => setOpen('describe') },
          ...(isOwner(project)
            ? [
                { text: 'Rename', icon: PencilLine, run: openRename },
                { text: 'Delete', icon: Trash2, isDanger: true, run: () => setOpen('delete') },
              ]
            : []),
        ]}
      />
      {open === 'rename' && (
        <NameDialog
          title="Rename project"
          verb="Rename"
          hint="Its address changes too: scripts that name it need the new name."
          initial={project.name}
          isPending={rename.isPending}
          errors={rename.errors}
          onSubmit={submitName}
          onClose={close}
        />
      )}
      {open === 'describe' && <DescriptionDialog project={project} onClose={close} />}
      {open === 'delete' && (
        <DeleteDialog
          noun="project"
          name={project.name}
          mustTypeName
          isPending={remove.isPending}
          errors={remove.errors}
          onConfirm={confirmDelete}
          onClose={close}
        >
          Its datasets, models, maps, tags and history are deleted for every member. This cannot be undone.
        </DeleteDialog>
      )}
    </>
  )
}
