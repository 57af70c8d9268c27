import { useClient } from 'urql'

import { countOf } from '@/components/format'
import { toast } from '@/components/toast'

import { useExplorer } from '../state/context'
import { type Edit, labelPoints, tagPoints, untagPoints } from './edits'

/** Edits of chosen points: each tells what it did, offers to take it back, and reads what changed. */
export function useEdits() {
  const client = useClient()
  const { session, refresh } = useExplorer()

  function announce(text: string, { undo }: Edit) {
    toast({ text, undo: undo ? () => takeBack(undo) : undefined })
    void refresh().catch(() => undefined)
  }
  function takeBack(undo: () => Promise<void>) {
    undo()
      .then(refresh)
      .catch((error: Error) => toast({ text: `Not undone. ${error.message}`, tone: 'failed' }))
  }
  return {
    async tag(chosen: Uint32Array, name: string) {
      const edit = await tagPoints(client, session, chosen, name)
      announce(`Tagged ${countOf(edit.changedCount, 'datapoint')} with ${name}`, edit)
    },
    async untag(chosen: Uint32Array, name: string) {
      const edit = await untagPoints(client, session, chosen, name)
      announce(`Took ${name} off ${countOf(edit.changedCount, 'datapoint')}`, edit)
    },
    async label(chosen: Uint32Array, categoryName: string | null) {
      const edit = await labelPoints(client, session, chosen, categoryName)
      const count = countOf(edit.isBackground ? chosen.length : edit.changedCount, 'datapoint')
      if (edit.isBackground) announce(`Labelling ${count} in the background`, edit)
      else if (categoryName === null) announce(`Removed the label of ${count}`, edit)
      else announce(`Set the label of ${count} to ${categoryName}`, edit)
    },
  }
}
