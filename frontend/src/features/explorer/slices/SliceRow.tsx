import { PencilLine, Trash2 } from 'lucide-react'
import { type MouseEvent, useState } from 'react'

import { useAction } from '@/api/action'
import { DeleteDialog } from '@/components/DeleteDialog'
import { countOf } from '@/components/format'
import { NameDialog } from '@/components/NameDialog'
import { RowMenu } from '@/components/RowMenu'
import type { ExplorerSlicesQuery } from '@/gql/graphql'

import { useExplorer } from '../state/context'
import { DeleteExplorerSlice, RenameExplorerSlice } from './documents'
import css from './slices.module.css'

type Slice = ExplorerSlicesQuery['slices']['edges'][number]['node']

interface SliceRowProps {
  slice: Slice
  onOpen: (event: MouseEvent) => void
  onChanged: () => void
}

export function SliceRow({ slice, onOpen, onChanged }: SliceRowProps) {
  const { session } = useExplorer()
  const [asked, setAsked] = useState<'rename' | 'delete' | null>(null)
  const close = () => {
    setAsked(null)
    onChanged()
  }
  return (
    <li className={css.slice}>
      <button type="button" onClick={onOpen} data-testid="open-slice">
        <b>{slice.name}</b>
        <span>
          {countOf(slice.datapointCount, 'datapoint')}, {slice.isFrozen ? 'frozen' : 'rule'}
        </span>
        {slice.description && <small>{slice.description}</small>}
        {slice.notes.map((note) => (
          <em key={note}>{note}</em>
        ))}
      </button>
      {session.map.canEdit && (
        <RowMenu
          label={`Actions for slice ${slice.name}`}
          actions={[
            { text: 'Rename', icon: PencilLine, run: () => setAsked('rename') },
            { text: 'Delete', icon: Trash2, isDanger: true, run: () => setAsked('delete') },
          ]}
        />
      )}
      {asked === 'rename' && <RenameSlice slice={slice} onClose={close} />}
      {asked === 'delete' && <RemoveSlice slice={slice} onClose={close} />}
    </li>
  )
}

function RenameSlice({ slice, onClose }: { slice: Slice; onClose: () => void }) {
  const { run, isPending, errors } = useAction(RenameExplorerSlice)
  const [expectedVersion] = useState(slice.editVersion)
  async function rename(name: string) {
    if (await run({ input: { id: slice.id, name, expectedVersion } })) onClose()
  }
  return (
    <NameDialog
      title="Rename slice"
      verb="Rename"
      initial={slice.name}
      isPending={isPending}
      errors={errors}
      onSubmit={(name) => void rename(name)}
      onClose={onClose}
    />
  )
}

function RemoveSlice({ slice, onClose }: { slice: Slice; onClose: () => void }) {
  const { run, isPending, errors } = useAction(DeleteExplorerSlice)
  async function remove() {
    if (await run({ input: { id: slice.id } })) onClose()
  }
  return (
    <DeleteDialog
      noun="slice"
      name={slice.name}
      isPending={isPending}
      errors={errors}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      Its datapoints stay; models that were trained on it lose the link.
    </DeleteDialog>
  )
}
