import { type KeyboardEvent, type MouseEvent } from 'react'

import { useServerSelection } from '../selection/useServerSelection'
import { modeOf } from '../state/selectMode'
import css from './rail.module.css'

interface RailSearchProps {
  text: string
  onChange: (text: string) => void
  onClose: () => void
}

/** Typing narrows the values listed here; Enter asks the server for datapoints whose key or text has the words. */
export function RailSearch({ text, onChange, onClose }: RailSearchProps) {
  const { search } = useServerSelection()
  const wanted = text.trim()
  const ask = (event: KeyboardEvent | MouseEvent) => {
    if (wanted !== '') void search(wanted, modeOf(event))
  }
  return (
    <input
      autoFocus
      type="search"
      className={css.search}
      placeholder="Value, or key or text and Enter"
      aria-label="Find a value; Enter searches keys and texts"
      maxLength={200}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter') ask(event)
      }}
      data-testid="rail-search"
    />
  )
}

/** The same by hand, for those who do not guess Enter. */
export function RailSearchRow({ text }: { text: string }) {
  const { search } = useServerSelection()
  if (text.trim() === '') return null
  return (
    <button
      type="button"
      className={css.searchRow}
      title="Shift adds, Alt intersects, Ctrl or ⌘ takes away"
      onClick={(event) => void search(text.trim(), modeOf(event))}
      data-testid="search-datapoints"
    >
      Select datapoints with <b>{text.trim()}</b> in key or text
      <kbd>Enter</kbd>
    </button>
  )
}
