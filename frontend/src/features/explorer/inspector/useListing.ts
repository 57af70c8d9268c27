import { useMemo } from 'react'

import { useExplorer, useView } from '../state/context'
import { sortedPoints } from '../state/listOrder'

/** The points of the list in its order: the selection, or all that is shown when nothing is selected. */
export function useListing(): Uint32Array {
  const { session } = useExplorer()
  const order = useView((view) => view.order)
  const selectionVersion = useView((view) => view.selectionVersion)
  const shownVersion = useView((view) => (view.selectedCount > 0 ? 0 : view.shownVersion))
  const { points } = session
  return useMemo(() => {
    void [selectionVersion, shownVersion] // The session's arrays are changed in place; their versions say when.
    return sortedPoints(session.listed(), order, points)
  }, [session, points, order, selectionVersion, shownVersion])
}
