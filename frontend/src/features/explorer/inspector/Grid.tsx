import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'

import { openLarge } from '../datapoint/steps'
import { useExplorer, useView } from '../state/context'
import type { ThumbnailSize } from '../state/viewState'
import { GAP, layoutOf, placeAfter } from './gridLayout'
import { TextLine } from './TextLine'
import { Tile } from './Tile'
import css from './tiles.module.css'
import { useWidth } from './useWidth'

const PADDING = 12

interface GridProps {
  points: Uint32Array
  size: ThumbnailSize
  isText: boolean
}

/** Only the rows in sight exist. One card takes part in tabbing; the arrow keys move it. */
export function Grid({ points, size, isText }: GridProps) {
  const { session } = useExplorer()
  const scroller = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const layout = layoutOf(size, isText, useWidth(scroller) - 2 * PADDING)
  const { columns, rowHeight } = layout
  const rows = useVirtualizer({
    count: Math.ceil(points.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
  })
  useEffect(() => rows.measure(), [rows, rowHeight, columns])
  useEffect(() => session.view.setState({ gridColumns: columns }), [session, columns])
  const opened = useView((view) => view.opened)
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 })
  }, [points])
  useEffect(() => {
    const place = opened === null ? -1 : points.indexOf(opened)
    if (place >= 0) rows.scrollToIndex(Math.floor(place / columns))
  }, [rows, opened, points, columns])

  function press(event: KeyboardEvent) {
    const place = placeOf(event.target) ?? current
    const act = actionFor(event.key, points[place])
    const next = placeAfter(event.key, place, columns, points.length)
    if (act) act()
    else if (next !== null) goTo(next)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  function actionFor(key: string, point: number | undefined): (() => void) | undefined {
    if (point === undefined) return undefined
    if (key === 'Enter') return () => openLarge(session, point)
    const isSelected = session.selected[point] === 1
    const deselect = () => session.select(Uint32Array.of(point), 'subtract')
    return (key === 'Delete' || key === 'Backspace') && isSelected ? deselect : undefined
  }
  function goTo(place: number) {
    setCurrent(place)
    // While one is shown large, the list is gone through with it.
    if (session.view.getState().isLarge) session.view.setState({ opened: points[place], visiting: null })
    rows.scrollToIndex(Math.floor(place / columns))
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus(),
    )
  }

  const Card = isText ? TextLine : Tile
  return (
    <div
      ref={scroller}
      className={css.scroller}
      role="grid"
      aria-label="Datapoints"
      aria-rowcount={rows.options.count}
      onKeyDown={press}
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
              return <Card key={point} {...{ point, place, layout }} isTabStop={place === current} />
            })}
          </div>
        ))}
      </div>
    </div>
  )
}

function placeOf(target: EventTarget): number | null {
  const card = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-place]') : null
  return card ? Number(card.dataset.place) : null
}
