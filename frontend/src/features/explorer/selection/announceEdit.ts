import { countOf } from '@/components/format'
import { toast } from '@/components/toast'

import type { History, Step } from '../state/history'
import type { Edit } from './edits'

/** Tells what an edit did, offers to take it back, and lets the screen read what changed. */
export function announceEdit(
  text: string,
  { undo }: Edit,
  refresh: () => Promise<unknown>,
  history?: History,
): void {
  if (undo) {
    // The notice and Ctrl+Z take back the same step, and only one of them does.
    const step = { name: lowerFirst(text), size: 0, undo: () => undo().then(() => void refresh()) }
    history?.push(step)
    toast({ text, undo: () => void takeBack(step, history) })
  } else {
    toast({ text })
  }
  void refresh().catch(() => undefined)
}

async function takeBack(step: Step, history?: History): Promise<void> {
  if (history && !history.forget(step)) return
  try {
    await step.undo()
  } catch (error) {
    toast({ text: `Not undone. ${error instanceof Error ? error.message : ''}`, tone: 'failed' })
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
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
