import { useClient } from 'urql'

import { useExplorer } from '../state/context'
import { announceEdit, editText } from './announceEdit'
import { labelPoints, tagPoints, untagPoints } from './edits'

/** Edits of chosen points: each tells what it did, offers to take it back, and reads what changed. */
export function useEdits() {
  const client = useClient()
  const { session, refresh } = useExplorer()
  return {
    async tag(chosen: Uint32Array, name: string) {
      const edit = await tagPoints(client, session, chosen, name)
      announceEdit(editText.tagged(edit, name), edit, refresh, session.history)
    },
    async untag(chosen: Uint32Array, name: string) {
      const edit = await untagPoints(client, session, chosen, name)
      announceEdit(editText.untagged(edit, name), edit, refresh, session.history)
    },
    async label(chosen: Uint32Array, categoryName: string | null) {
      const edit = await labelPoints(client, session, chosen, categoryName)
      announceEdit(editText.labelled(edit, chosen.length, categoryName), edit, refresh, session.history)
    },
  }
}
