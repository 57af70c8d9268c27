import { useCallback, useDeferredValue, useEffect, useMemo } from 'react'

import { byDistance } from '../similar/similar'
import { useExplorer, useView } from '../state/context'
import { firstOrder, sortedPoints } from '../state/listOrder'
import { pointsShown } from '../state/membership'
import type { Session } from '../state/session'
import { useField } from '../state/useField'

/** The points of the list in its order: the selection, or all that is shown when nothing is selected. */
export function useListing(): Uint32Array {
  const { session } = useExplorer()
  const order = useView((view) => view.order)
  const field = useField(order.by)
  const score = useField(order.by === 'disagree' ? worstScoreId(session) : null)
  // A large list is sorted after the map and the counts are on the screen.
  const listVersion = useDeferredValue(useView((view) => view.listVersion))
  const similar = useView((view) => view.similar)
  const sorted = useCallback(
    (points: Uint32Array) => {
      if (order.by === 'similar') return similar ? byDistance(points, similar, order.descending) : points
      // Sorting keeps the order of equals: what does not disagree comes by the worst score.
      const byScore = score ? sortedPoints(points, firstOrder(score), session.points, score) : points
      return sortedPoints(byScore, order, session.points, field)
    },
    [session, order, field, score, similar],
  )
  const listing = useMemo(() => {
    void listVersion // What is listed is read from the session; its version says when.
    return sorted(session.listed())
  }, [session, sorted, listVersion])
  useEffect(() => {
    // A click on the map selects one point alone; the arrows then go through all that is shown.
    const isOneAlone = session.selection.length === 1
    session.view.setState({ listing: isOneAlone ? sorted(pointsShown(session.failing)) : listing })
  }, [session, sorted, listing])
  return listing
}

/** The newest score that says which end is bad. */
function worstScoreId({ catalogue }: Session): string | null {
  const isTelling = ({ group, kind, direction }: Session['catalogue'][number]) =>
    group === 'score' && kind === 'numbers' && direction !== undefined && direction !== 'NEUTRAL'
  return catalogue.find(isTelling)?.id ?? null
}
