import { useState } from 'react'

import { useAction } from '@/api/action'
import { DeleteDialog } from '@/components/DeleteDialog'
import { countOf } from '@/components/format'
import { toast } from '@/components/toast'

import { postSelection } from '../selection/postSelection'
import { useExplorer } from '../state/context'
import { DeleteExplorerDatapoints } from './documents'

/** Takes the selected datapoints away for good; how many has to be typed again. */
export function DeleteSelectionDialog({ onClose }: { onClose: () => void }) {
  const { session } = useExplorer()
  const { run, isPending, errors } = useAction(DeleteExplorerDatapoints)
  const [failure, setFailure] = useState<string | null>(null)
  const count = session.selection.length

  async function remove() {
    setFailure(null)
    try {
      const selectionId = await postSelection(session.map, session.points, session.selection)
      if (!(await run({ input: { selectionId, confirmCount: count } }))) return
      session.clearSelection()
      toast({ text: `Deleting ${countOf(count, 'datapoint')} in the background` })
      onClose()
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <DeleteDialog
      noun={count === 1 ? 'selected datapoint,' : 'selected datapoints,'}
      name={String(count)}
      mustTypeName
      isPending={isPending}
      errors={failure ? [...errors, { code: 'FAILED', message: failure }] : errors}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      Their labels, tags, comments, inferences and vectors go with them, and the objects in them. This cannot
      be undone; logging them again brings them back as new ones.
    </DeleteDialog>
  )
}
