import { PencilLine, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { TypedDocumentNode } from 'urql'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import { canEdit, type ProjectInfo } from '@/api/project'

import { DeleteDialog } from './DeleteDialog'
import { NameDialog } from './NameDialog'
import { type RowAction, RowMenu } from './RowMenu'
import { toast } from './toast'

/** A mutation whose input this menu fills. */
interface Verb<Input> {
  mutation: TypedDocumentNode<object, { input: Input }>
}
interface Rename<Input> extends Verb<Input> {
  input: (name: string) => Input
  label?: string
  hint?: string
  /** Where it is not the whole name that is changed. */
  initial?: string
}
interface Remove<Input> extends Verb<Input> {
  input: Input
  /** What goes with it. */
  consequences: ReactNode
  mustTypeName?: boolean
  onDone?: () => void
}
export interface EntityAction extends RowAction {
  /** It changes nothing, so that viewers have it too. */
  isReading?: boolean
}

interface EntityMenuProps<RenameInput, RemoveInput> {
  project: ProjectInfo
  /** As in "tag". */
  noun: string
  name: string
  /** Verbs of its own, before the common two. */
  actions?: EntityAction[]
  rename?: Rename<RenameInput>
  remove?: Remove<RemoveInput>
}

/** What can be done to one thing of a project: its own verbs, Rename, Delete. */
export function EntityMenu<RenameInput, RemoveInput>(props: EntityMenuProps<RenameInput, RemoveInput>) {
  const { project, noun, name, actions = [], rename, remove } = props
  const [open, setOpen] = useState<'rename' | 'delete' | null>(null)
  const close = () => setOpen(null)
  const dialog = { projectId: project.id, noun, name, onClose: close }
  const may = canEdit(project)
  return (
    <>
      <RowMenu
        label={`Actions for ${noun} ${name}`}
        actions={[
          ...actions.filter((action) => may || action.isReading),
          ...(may && rename ? [{ text: 'Rename', icon: PencilLine, run: () => setOpen('rename') }] : []),
          ...(may && remove
            ? [{ text: 'Delete', icon: Trash2, isDanger: true, run: () => setOpen('delete') }]
            : []),
        ]}
      />
      {open === 'rename' && rename && <RenameEntity {...dialog} verb={rename} />}
      {open === 'delete' && remove && <RemoveEntity {...dialog} verb={remove} />}
    </>
  )
}

interface EntityDialogProps<Kind> {
  projectId: string
  noun: string
  name: string
  verb: Kind
  onClose: () => void
}

function RenameEntity<Input>({ projectId, noun, name, verb, onClose }: EntityDialogProps<Rename<Input>>) {
  // As it was when the dialog opened: whoever renames it meanwhile is not overwritten unseen.
  const [seen] = useState(verb)
  const { run, isPending, errors } = useAction(verb.mutation)
  async function submit(next: string) {
    if (!(await run({ input: seen.input(next) }))) return
    onClose()
    announce(projectId)
  }
  return (
    <NameDialog
      title={`Rename ${noun}`}
      verb="Rename"
      label={verb.label}
      hint={verb.hint}
      initial={seen.initial ?? name}
      isPending={isPending}
      errors={errors}
      onSubmit={submit}
      onClose={onClose}
    />
  )
}

function RemoveEntity<Input>({ projectId, noun, name, verb, onClose }: EntityDialogProps<Remove<Input>>) {
  const { run, isPending, errors } = useAction(verb.mutation)
  async function confirm() {
    if (!(await run({ input: verb.input }))) return
    toast({ text: `Deleted ${noun} ${name}` })
    onClose()
    announce(projectId)
    verb.onDone?.()
  }
  return (
    <DeleteDialog
      noun={noun}
      name={name}
      mustTypeName={verb.mustTypeName}
      isPending={isPending}
      errors={errors}
      onConfirm={confirm}
      onClose={onClose}
    >
      {verb.consequences}
    </DeleteDialog>
  )
}
