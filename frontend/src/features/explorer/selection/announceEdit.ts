import { countOf } from '@/components/format'
import { toast } from '@/components/toast'

import type { Edit } from './edits'

/** Tells what an edit did, offers to take it back, and lets the screen read what changed. */
export function announceEdit(text: string, { undo }: Edit, refresh: () => Promise<unknown>): void {
  const takeBack = (undo: () => Promise<void>) => {
    undo()
      .then(refresh)
      .catch((error: Error) => toast({ text: `Not undone. ${error.message}`, tone: 'failed' }))
  }
  toast({ text, undo: undo ? () => takeBack(undo) : undefined })
  void refresh().catch(() => undefined)
}

export const editText = {
  tagged: (edit: Edit, name: string) => `Tagged ${countOf(edit.changedCount, 'datapoint')} with ${name}`,
  untagged: (edit: Edit, name: string) => `Took ${name} off ${countOf(edit.changedCount, 'datapoint')}`,
  labelled(edit: Edit, chosenCount: number, categoryName: string | null): string {
    const count = countOf(edit.isBackground ? chosenCount : edit.changedCount, 'datapoint')
    if (edit.isBackground) return `Labelling ${count} in the background`
    if (categoryName === null) return `Removed the label of ${count}`
    return `Set the label of ${count} to ${categoryName}`
  },
}
