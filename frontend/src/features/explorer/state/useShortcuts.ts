import { useEffect, useEffectEvent } from 'react'

import type { Session } from './session'

const ZOOM_STEP = 1.5
const PAN_STEP = 60

/** Single keys for the whole explorer; silent while someone types, chooses from a list, or has a dialog open. */
export function useShortcuts(session: Session): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event)) return
    const action = actionOf(event, session)
    if (!action) return
    event.preventDefault()
    action()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}

function actionOf(event: KeyboardEvent, session: Session): (() => void) | undefined {
  const { view, engine, map } = session
  const edit = (dialog: 'tag' | 'label') => () => hasTargets(session) && view.setState({ dialog })
  const actions: Record<string, () => void> = {
    l: () => view.setState({ tool: 'lasso' }),
    v: () => view.setState({ tool: 'pan' }),
    f: () => engine?.fit(),
    '0': () => engine?.fit(),
    '+': () => engine?.zoomBy(ZOOM_STEP),
    '=': () => engine?.zoomBy(ZOOM_STEP),
    '-': () => engine?.zoomBy(1 / ZOOM_STEP),
    s: () => view.setState(({ isRailOpen }) => ({ isRailOpen: !isRailOpen })),
    i: () => view.setState(({ isInspectorOpen }) => ({ isInspectorOpen: !isInspectorOpen })),
    '?': () => view.setState({ isShortcutsOpen: true }),
    escape: () => stepBack(session),
    ...(map.canEdit && { t: edit('tag'), e: edit('label') }),
    ...arrowActions(event, session),
  }
  return actions[event.key.toLowerCase()]
}

/** Arrows go through the list while a datapoint is open, and otherwise move the map. */
function arrowActions(event: KeyboardEvent, session: Session): Record<string, () => void> {
  const { opened, tab } = session.view.getState()
  const isOnCanvas = event.target instanceof HTMLCanvasElement
  if (opened !== null && tab === 'datapoint') {
    return { arrowleft: () => openNeighbour(-1), arrowright: () => openNeighbour(1) }
  }
  if (!isOnCanvas) return {}
  return {
    arrowleft: () => session.engine?.panBy(PAN_STEP, 0),
    arrowright: () => session.engine?.panBy(-PAN_STEP, 0),
    arrowup: () => session.engine?.panBy(0, PAN_STEP),
    arrowdown: () => session.engine?.panBy(0, -PAN_STEP),
  }
}

/** The buttons beside the datapoint know the order of the list. */
function openNeighbour(step: -1 | 1): void {
  const name = step < 0 ? 'previous-datapoint' : 'next-datapoint'
  document.querySelector<HTMLButtonElement>(`[data-testid="${name}"]`)?.click()
}

/** One thing at a time: the lasso being drawn, the open datapoint, the selection. */
function stepBack(session: Session): void {
  if (session.engine?.cancelLasso()) return
  const { opened, tab } = session.view.getState()
  if (opened !== null && tab === 'datapoint') session.open(null)
  else session.clearSelection()
}

function hasTargets(session: Session): boolean {
  const { opened, tab } = session.view.getState()
  return session.selection.length > 0 || (tab === 'datapoint' && opened !== null)
}

function isBusy({ target }: KeyboardEvent): boolean {
  if (document.querySelector('[role="dialog"][data-state="open"], [role="menu"][data-state="open"]'))
    return true
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  if (target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && target.type !== 'range'
}
