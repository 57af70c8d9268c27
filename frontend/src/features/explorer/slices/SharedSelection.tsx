import { useEffect } from 'react'

import { useServerSelection } from '../selection/useServerSelection'
import { useExplorer } from '../state/context'

/** Selects what the address names when the map is opened: a slice, or a selection that a colleague shared. */
export function SharedSelection() {
  const { session } = useExplorer()
  const { openSlice, openSelection } = useServerSelection()
  useEffect(() => {
    const { sliceId, selectionId } = session.view.getState()
    if (sliceId) void openSlice(sliceId, 'the slice', 'replace')
    else if (selectionId) void openSelection(selectionId)
  }, [session, openSlice, openSelection])
  return null
}
