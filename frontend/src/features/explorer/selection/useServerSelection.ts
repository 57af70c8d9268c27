import { useMemo } from 'react'

import { countOf, formatCount } from '@/components/format'
import { toast } from '@/components/toast'

import { useExplorer } from '../state/context'
import type { Rule } from '../state/rule'
import type { SelectMode } from '../state/selectMode'
import { type FoundPoints, postQuestion, readRows } from './serverRows'
import type { Session } from '../state/session'

/** Selections that the server works out: by a search, a slice, or what a colleague selected. */
export function useServerSelection() {
  const { session } = useExplorer()
  return useMemo(
    () => ({
      search: (text: string, mode: SelectMode) => told(selectSearch(session, text, mode), `“${text}”`),
      openSlice: (id: string, name: string, mode: SelectMode) => told(openSlice(session, id, mode), name),
      openSelection: (id: string) => told(openSelection(session, id), 'the shared selection'),
    }),
    [session],
  )
}

/** Key or text of the datapoint holds the words. */
async function selectSearch(session: Session, contains: string, mode: SelectMode): Promise<FoundPoints> {
  const datasets = session.map.datasets.map(({ id }) => id)
  const rule: Rule = { version: 1, filters: [{ field: 'search', contains }], datasets }
  const { id } = await postQuestion(session.map.projectId, { rule })
  const found = await readRows(session.map, session.points, `selections/${id}`)
  session.select(found.points, mode, mode === 'replace' ? { filters: rule.filters, lassos: [] } : null)
  return found
}

async function openSlice(session: Session, sliceId: string, mode: SelectMode): Promise<FoundPoints> {
  const found = await readRows(session.map, session.points, `slices/${sliceId}`)
  session.select(found.points, mode)
  if (mode === 'replace') session.view.setState({ sliceId })
  return found
}

async function openSelection(session: Session, selectionId: string): Promise<FoundPoints> {
  const found = await readRows(session.map, session.points, `selections/${selectionId}`)
  session.select(found.points, 'replace')
  session.view.setState({ selectionId })
  return found
}

async function told(finding: Promise<FoundPoints>, what: string): Promise<void> {
  try {
    const { points, elsewhere } = await finding
    const more = elsewhere > 0 ? `; ${formatCount(elsewhere)} more not on this map` : ''
    toast({ text: `${countOf(points.length, 'datapoint')} of ${what}${more}` })
  } catch (error) {
    toast({ text: error instanceof Error ? error.message : String(error), tone: 'failed' })
  }
}
