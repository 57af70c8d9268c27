import type { MouseEvent } from 'react'

import { formatCount } from '@/components/format'

import { Swatch } from '../parts/Swatch'
import { modeOf, type SelectMode } from '../state/selectMode'
import css from './rail.module.css'
import { SelectIcon } from './SelectIcon'

interface CountRowProps {
  name: string
  count: number | undefined
  /** The count that fills the whole bar. */
  largest: number
  colour: string
  isRing?: boolean
  isShown: boolean
  /** Cannot be filtered or selected by itself. */
  isFixed?: boolean
  /** Names of one column line up; a wide name column for words, a narrow one for digits. */
  hasWideName: boolean
  onClick: (event: MouseEvent) => void
  onIsolate: () => void
  onSelect: (mode: SelectMode) => void
}

/** One value: swatch, name, bar, count; under the pointer also what else can be done with it. */
export function CountRow(props: CountRowProps) {
  const { name, count, largest, colour, isRing, isShown, isFixed, hasWideName, onClick } = props
  return (
    <div className={css.rowBox}>
      <button
        type="button"
        className={css.row}
        aria-pressed={isShown}
        disabled={isFixed}
        title={isFixed ? name : `${name}: click to ${isShown ? 'hide' : 'show'}, Alt+click to isolate`}
        onClick={onClick}
      >
        <Swatch colour={colour} isRing={isRing} />
        <span className={css.name} style={hasWideName ? { width: 82 } : { minWidth: 10 }}>
          {name}
        </span>
        <span className={css.track}>
          <span
            style={{ width: `${largest > 0 ? (100 * (count ?? 0)) / largest : 0}%`, background: colour }}
          />
        </span>
        <span className={css.count}>{count === undefined ? '…' : formatCount(count)}</span>
      </button>
      {!isFixed && (
        <span className={css.rowVerbs}>
          <button type="button" aria-label={`Only ${name}`} onClick={props.onIsolate}>
            only
          </button>
          <button
            type="button"
            aria-label={`Select ${name}`}
            title="Select these. Shift adds, Alt intersects, Ctrl or ⌘ takes away"
            onClick={(event) => props.onSelect(modeOf(event))}
          >
            <SelectIcon />
          </button>
        </span>
      )}
    </div>
  )
}
