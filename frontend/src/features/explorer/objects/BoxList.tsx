import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'

import { Swatch } from '../parts/Swatch'
import type { Box } from './boxes'
import css from './objects.module.css'

const ROW = 24

interface BoxListProps {
  boxes: readonly Box[]
  colourOf: (categoryId: string | undefined) => string
  ownId?: string
  hoveredId: string | null
  onHover: (id: string | null) => void
  onOpen: (id: string) => void
}

/** The same boxes in words, for the keyboard and for those too small to hit. */
export function BoxList({ boxes, colourOf, ownId, hoveredId, onHover, onOpen }: BoxListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: boxes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
  })
  return (
    <div
      ref={scroller}
      className={css.list}
      role="group"
      aria-label="Objects in this image"
      onPointerLeave={() => onHover(null)}
    >
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const box = boxes[index]
          return (
            <button
              key={key}
              type="button"
              className={css.item}
              style={{ transform: `translateY(${start}px)` }}
              data-active={box.id === hoveredId || box.id === ownId || undefined}
              aria-current={box.id === ownId || undefined}
              onPointerEnter={() => onHover(box.id)}
              onFocus={() => onHover(box.id)}
              onClick={() => onOpen(box.id)}
            >
              <Swatch colour={colourOf(box.categoryId)} isRing={!box.categoryId} />
              <b>{box.name}</b>
              {box.confidence !== null && box.confidence.toFixed(2)}
              {(box.status === 'missed' || box.status === 'spurious') && <em>{box.status}</em>}
              <small>{box.kind === 'label' ? 'label' : 'inference'}</small>
            </button>
          )
        })}
      </div>
    </div>
  )
}
