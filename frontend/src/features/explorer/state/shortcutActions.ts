/** What a key does now, or nothing. */

import { toast } from '@/components/toastStore'

import { pressVerb } from '../datapoint/PrimaryVerb'
import { keyInFront, stepOut } from '../datapoint/steps'
import { findSimilarToChosen } from '../similar/findSimilar'
import type { Session } from './session'
import { type ExplorerDialog, frontPoint } from './viewState'

const ZOOM_STEP = 1.5
const PAN_STEP = 60

type Actions = Record<string, () => void>

export function actionOf(event: KeyboardEvent, session: Session): (() => void) | undefined {
  const key = event.key.toLowerCase()
  if (event.ctrlKey || event.metaKey) return withControl(event, session)[key]
  const actions = { ...mapActions(session), ...panelActions(session), ...arrowActions(event, session) }
  return (session.map.canEdit ? { ...actions, ...editActions(session) } : actions)[key]
}

function withControl({ shiftKey }: KeyboardEvent, session: Session): Actions {
  return {
    z: () => void (shiftKey ? redo(session) : undo(session)),
    y: () => void redo(session),
    a: () => session.selectShown(),
    i: () => session.invertSelection(),
  }
}

function mapActions({ view, engine, selection }: Session): Actions {
  return {
    v: () => view.setState({ tool: 'pan' }),
    l: () => view.setState({ tool: 'lasso' }),
    r: () => view.setState({ tool: 'rectangle' }),
    f: () => engine?.fit(),
    '0': () => engine?.fit(),
    z: () => engine?.zoomTo(selection),
    '+': () => engine?.zoomBy(ZOOM_STEP),
    '=': () => engine?.zoomBy(ZOOM_STEP),
    '-': () => engine?.zoomBy(1 / ZOOM_STEP),
  }
}

function panelActions(session: Session): Actions {
  const { view } = session
  return {
    s: () => view.setState(({ isRailOpen }) => ({ isRailOpen: !isRailOpen })),
    i: () => view.setState(({ isInspectorOpen }) => ({ isInspectorOpen: !isInspectorOpen })),
    b: () => view.setState(({ areBoxesShown }) => ({ areBoxesShown: !areBoxesShown })),
    '/': () => view.setState({ isRailOpen: true, isSearchOpen: true }),
    m: () => findSimilarToChosen(session),
    o: () => view.setState({ dialog: 'slices' }),
    x: () => session.selection.length > 0 && view.setState({ dialog: 'export' }),
    '?': () => view.setState(({ isShortcutsOpen }) => ({ isShortcutsOpen: !isShortcutsOpen })),
    escape: () => stepBack(session),
  }
}

function editActions(session: Session): Actions {
  const edit = (dialog: ExplorerDialog) => () => {
    if (hasTargets(session)) session.view.setState({ dialog })
  }
  return {
    t: edit('tag'),
    u: edit('untag'),
    e: edit('label'),
    k: () => session.selection.length > 0 && session.view.setState({ dialog: 'save-slice' }),
  }
}

/** A datapoint in front takes the arrows through the list; otherwise they move the map. */
function arrowActions(event: KeyboardEvent, session: Session): Actions {
  if (frontPoint(session.view.getState()) !== null) {
    const key = event.key.toLowerCase()
    const action = keyInFront(event, session) ?? pressVerb(key, session)
    return action ? { [key]: action } : {}
  }
  if (!(event.target instanceof HTMLCanvasElement)) return {}
  return {
    arrowleft: () => session.engine?.panBy(PAN_STEP, 0),
    arrowright: () => session.engine?.panBy(-PAN_STEP, 0),
    arrowup: () => session.engine?.panBy(0, PAN_STEP),
    arrowdown: () => session.engine?.panBy(0, -PAN_STEP),
  }
}

/** One thing at a time: the lasso being drawn, the list of keys, the open datapoint, the selection. */
function stepBack(session: Session): void {
  if (session.engine?.cancelLasso()) return
  if (session.view.getState().isShortcutsOpen) return session.view.setState({ isShortcutsOpen: false })
  if (!stepOut(session)) session.clearSelection()
}

async function undo(session: Session): Promise<void> {
  try {
    const name = await session.history.undo()
    if (name !== null && name !== 'the selection') toast({ text: `Undone: ${name}` })
  } catch (error) {
    toast({ text: `Not undone. ${error instanceof Error ? error.message : ''}`, tone: 'failed' })
  }
}

async function redo(session: Session): Promise<void> {
  await session.history.redo()
}

function hasTargets(session: Session): boolean {
  return session.selection.length > 0 || frontPoint(session.view.getState()) !== null
}
