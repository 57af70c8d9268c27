import type { MouseEvent } from 'react'

import { formatCount } from '@/components/format'

import { Swatch } from '../parts/Swatch'
import css from './rail.module.css'

interface CountRowProps {
  name: string
  count: number
  /** The count that fills the whole bar. */
  largest: number
  colour: string
  isRing?: boolean
  isShown: boolean
  /** Names of one column line up; a wide name column for words, a narrow one for digits. */
  hasWideName: boolean
  onClick: (event: MouseEvent) => void
}

/** One value: swatch, name, bar, count. */
export function CountRow(props: CountRowProps) {
  const { name, count, largest, colour, isRing, isShown, hasWideName, onClick } = props
  return (
    <button
      type="button"
      className={css.row}
      aria-pressed={isShown}
      title={`${name}: click to ${isShown ? 'hide' : 'show'}, Alt+click to isolate`}
      onClick={onClick}
    >
      <Swatch colour={colour} isRing={isRing} />
      <span className={css.name} style={hasWideName ? { width: 82 } : { minWidth: 10 }}>
        {name}
      </span>
      <span className={css.track}>
        <span style={{ width: `${largest > 0 ? (100 * count) / largest : 0}%`, background: colour }} />
      </span>
      <span className={css.count}>{formatCount(count)}</span>
    </button>
  )
}
