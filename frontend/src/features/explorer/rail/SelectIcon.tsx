import { BoxSelect } from 'lucide-react'
import { create } from 'zustand'

import { modeOf, type SelectMode } from '../state/selectMode'

/** What a click would do with the keys held now. */
const useMode = create<{ mode: SelectMode }>(() => ({ mode: 'replace' }))

const symbols: Record<Exclude<SelectMode, 'replace'>, string> = { add: '∪', intersect: '∩', subtract: '∖' }

function follow(event: KeyboardEvent | MouseEvent): void {
  const mode = modeOf(event)
  if (useMode.getState().mode !== mode) useMode.setState({ mode })
}
window.addEventListener('keydown', follow)
window.addEventListener('keyup', follow)
window.addEventListener('pointermove', follow)
window.addEventListener('blur', () => useMode.setState({ mode: 'replace' }))

/** Selecting by a value; the set symbol once a key says how it joins the selection. */
export function SelectIcon() {
  const mode = useMode((state) => state.mode)
  if (mode === 'replace') return <BoxSelect size={13} strokeWidth={1.5} aria-hidden="true" />
  return <b aria-hidden="true">{symbols[mode]}</b>
}
