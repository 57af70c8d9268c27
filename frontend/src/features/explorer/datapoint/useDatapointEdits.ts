import { useClient } from 'urql'

import { toast } from '@/components/toast'

import { announceEdit, editText } from '../selection/announceEdit'
import { labelSelection, tagSelection, untagSelection } from '../selection/edits'
import { postRows } from '../selection/postSelection'
import { useHost } from './host'
import type { KnownDatapoint } from './known'
import { useReviewChoice } from './reviewChoice'

/** Edits of one datapoint, wherever it is shown; each can be undone from its notice. */
export function useDatapointEdits(known: KnownDatapoint, reread: () => void) {
  const client = useClient()
  const host = useHost()

  const select = () => postRows(host.projectId, [[known.dataset.id, Uint32Array.of(known.row)]])
  const refresh = async () => {
    reread()
    await host.refresh()
  }
  const edits = {
    async tag(name: string) {
      const edit = await tagSelection(client, await select(), name)
      announceEdit(editText.tagged(edit, name), edit, refresh, host.history)
    },
    async untag(name: string) {
      const edit = await untagSelection(client, await select(), name)
      announceEdit(editText.untagged(edit, name), edit, refresh, host.history)
    },
    async label(categoryName: string | null) {
      const edit = await labelSelection(client, await select(), categoryName)
      announceEdit(editText.labelled(edit, 1, categoryName), edit, refresh, host.history)
      if (useReviewChoice.getState().isAdvancing) host.goOn?.()
    },
  }
  return edits
}

/** For edits that no dialog waits for: a refusal becomes a notice. */
export function orTell(edit: Promise<void>): void {
  edit.catch((error: Error) => toast({ text: error.message, tone: 'failed' }))
}
