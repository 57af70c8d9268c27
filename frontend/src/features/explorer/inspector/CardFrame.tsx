import { X } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'

import { AGREEMENT } from '../data/points'
import { openPoint } from '../datapoint/steps'
import { useExplorer, useView } from '../state/context'
import { modeOf } from '../state/selectMode'
import type { Session } from '../state/session'
import type { GridLayout } from './gridLayout'
import css from './tiles.module.css'

export interface CardProps {
  point: number
  /** Place in the list. */
  place: number
  layout: GridLayout
  isTabStop: boolean
}

/** A cell of the list; what is selected can be taken out of the selection here. */
export function CardFrame({
  point,
  width,
  children,
}: {
  point: number
  width?: number
  children: ReactNode
}) {
  const { session } = useExplorer()
  const isSelected = useView(() => session.selected[point] === 1)
  return (
    <div role="gridcell" className={css.card} style={width ? { width } : { flex: 1, minWidth: 0 }}>
      {children}
      {isSelected && (
        <button
          type="button"
          tabIndex={-1}
          className={css.deselect}
          aria-label="Take out of the selection"
          title="Take out of the selection (Delete)"
          onClick={() => session.select(Uint32Array.of(point), 'subtract')}
        >
          <X size={12} strokeWidth={2} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}

/** What every card does: it marks its point on the map, opens, and with a modifier changes the selection. */
export function useCard(point: number, place: number, isTabStop: boolean) {
  const { session } = useExplorer()
  const isHovered = useView((view) => view.hovered === point)
  const isOpened = useView((view) => view.opened === point)
  return {
    tabIndex: isTabStop ? 0 : -1,
    'data-place': place,
    'data-active': isHovered || isOpened || undefined,
    onPointerEnter: () => session.view.setState({ hovered: point }),
    onFocus: () => session.view.setState({ hovered: point }),
    onClick: (event: MouseEvent) => {
      const mode = modeOf(event)
      if (mode === 'replace') return openPoint(session, point)
      const isAdding = mode === 'add' && session.selected[point] === 0
      session.select(Uint32Array.of(point), isAdding ? 'add' : 'subtract')
    },
  }
}

/** For those who cannot see it: the datapoint, its label, and whether the model says otherwise. */
export function nameOfCard(session: Session, point: number, name = 'Datapoint'): string {
  const { label, inference, agreement } = session.points
  const { values } = session.valueField('label')!
  const isWrong = agreement[point] === AGREEMENT.disagree
  return `${name}, ${values[label[point]].name}${isWrong ? `, inferred ${values[inference[point]].name}` : ''}`
}
