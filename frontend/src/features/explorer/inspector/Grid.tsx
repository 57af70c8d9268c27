import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'

import { useExplorer } from '../state/context'
import type { ThumbnailSize } from '../state/viewState'
import css from './tiles.module.css'
import { TextLine, Tile } from './Tile'
import { useWidth } from './useWidth'

const TILE = { S: 51, M: 78, L: 105 }
const LINE = { S: 40, M: 56, L: 88 }
const GAP = 6
const PADDING = 12

interface GridProps {
  points: Uint32Array
  size: ThumbnailSize
  isText: boolean
}

/** Only the rows in sight exist. One tile takes part in tabbing; the arrow keys move it. */
export function Grid({ points, size, isText }: GridProps) {
  const { session } = useExplorer()
  const scroller = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const width = useWidth(scroller) - 2 * PADDING
  const wanted = TILE[size]
  const columns = isText ? 1 : Math.max(1, Math.round((width + GAP) / (wanted + GAP)))
  const tile = isText ? LINE[size] : Math.max(24, Math.floor((width + GAP) / columns) - GAP)
  const rows = useVirtualizer({
    count: Math.ceil(points.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => tile + GAP,
    overscan: 4,
  })
  useEffect(() => rows.measure(), [rows, tile, columns])
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
  }, [points])

  function move(event: KeyboardEvent) {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
    }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const next = Math.min(points.length - 1, Math.max(0, current + step))
    setCurrent(next)
    rows.scrollToIndex(Math.floor(next / columns))
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus(),
    )
  }

  return (
    <div
      ref={scroller}
      className={css.scroller}
      role="grid"
      aria-label="Datapoints"
      aria-rowcount={rows.options.count}
      onKeyDown={move}
      onPointerLeave={() => session.view.setState({ hovered: null })}
      data-testid="datapoint-grid"
    >
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((row) => (
          <div
            key={row.key}
            role="row"
            aria-rowindex={row.index + 1}
            className={css.row}
            style={{ transform: `translateY(${row.start}px)`, gap: GAP }}
          >
            {Array.from(points.subarray(row.index * columns, (row.index + 1) * columns), (point, k) => {
              const place = row.index * columns + k
              const Cell = isText ? TextLine : Tile
              return (
                <Cell key={point} point={point} size={tile} place={place} isTabStop={place === current} />
              )
            })}
          </div>
        ))}
      </div>
    </div>
  )
}
