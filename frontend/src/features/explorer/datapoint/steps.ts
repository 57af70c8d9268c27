/** Going through the list with a datapoint in front. */

import type { Session } from '../state/session'
import { frontPoint } from '../state/viewState'

/** Where the datapoint in front stands in the list, from 0; -1 when it is not in it. */
export function placeInFront(session: Session): number {
  const view = session.view.getState()
  const point = frontPoint(view)
  return point === null ? -1 : view.listing.indexOf(point)
}

/** Opens the datapoint so many places on; a step beyond either end goes nowhere. */
export function stepBy(session: Session, step: number): void {
  const { listing } = session.view.getState()
  const place = placeInFront(session)
  const next = listing[place + step]
  if (place < 0 || next === undefined) return
  // One point alone was selected by the click that opened it: the list is all that is shown.
  if (session.selection.length === 1) session.clearSelection()
  openPoint(session, next)
}

/** The point of a datapoint, by its id; -1 where it is not on the map. */
export function pointOf({ map, points }: Session, datapointId: string): number {
  const [datasetId, row] = datapointId.split(':')
  const dataset = map.datasets.findIndex(({ id }) => id === datasetId) + 1
  if (dataset === 0) return -1
  return points.row.findIndex((each, k) => each === Number(row) && points.dataset[k] === dataset)
}

/** Shows another datapoint where the present one is: docked stays docked, large stays large. */
export function openPoint(session: Session, point: number): void {
  const { isLarge } = session.view.getState()
  session.view.setState({ visiting: null })
  if (isLarge) session.view.setState({ opened: point })
  else session.open(point)
}

/** Opens a datapoint over the map, with the list beside it. */
export function openLarge(session: Session, point: number | null = session.view.getState().opened): void {
  if (point === null) return
  session.view.setState({
    opened: point,
    visiting: null,
    isLarge: true,
    isInspectorOpen: true,
    tab: 'selection',
  })
}

/** Back to the map: first the visited datapoint, then the large view, is closed. */
export function closeLarge(session: Session): void {
  session.view.setState({ isLarge: false, visiting: null, tab: 'datapoint' })
}

/** One step out of what is in front; false when nothing is. */
export function stepOut(session: Session): boolean {
  const view = session.view.getState()
  if (frontPoint(view) === null) return false
  if (view.visiting !== null) session.view.setState({ visiting: null })
  else if (view.isLarge) session.view.setState({ isLarge: false })
  else session.open(null)
  return true
}

/** What a key does while a datapoint is in front, if anything. */
export function keyInFront({ key, target }: KeyboardEvent, session: Session): (() => void) | undefined {
  const { gridColumns, isLarge } = session.view.getState()
  const actions: Record<string, () => void> = {
    arrowleft: () => stepBy(session, -1),
    arrowright: () => stepBy(session, 1),
    arrowup: () => stepBy(session, -gridColumns),
    arrowdown: () => stepBy(session, gridColumns),
    // Enter on a button presses that button.
    ...(!isLarge && !(target instanceof HTMLButtonElement) && { enter: () => openLarge(session) }),
  }
  return actions[key.toLowerCase()]
}
