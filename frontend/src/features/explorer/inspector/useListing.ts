import { useMemo } from 'react'

import { useExplorer, useView } from '../state/context'
import { sortedPoints } from '../state/listOrder'
import { useField } from '../state/useField'

/** The points of the list in its order: the selection, or all that is shown when nothing is selected. */
export function useListing(): Uint32Array {
  const { session } = useExplorer()
  const order = useView((view) => view.order)
  const field = useField(order.by)
  const listVersion = useView((view) => view.listVersion)
  return useMemo(() => {
    void listVersion // What is listed is read from the session; its version says when.
    return sortedPoints(session.listed(), order, session.points, field)
  }, [session, order, listVersion, field])
}
