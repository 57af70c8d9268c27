import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useRef } from 'react'

import css from './rail.module.css'

const ROW = 20
/** More rows scroll within a box of their own, of which only those in sight exist. */
const MOST_ROWS = 40

export function LongList<Item>({ items, row }: { items: readonly Item[]; row: (item: Item) => ReactNode }) {
  if (items.length <= MOST_ROWS) return items.map(row)
  return <Scrolling items={items} row={row} />
}

function Scrolling<Item>({ items, row }: { items: readonly Item[]; row: (item: Item) => ReactNode }) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
  })
  return (
    <div ref={scroller} className={css.longList} tabIndex={-1} data-testid="long-list">
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start, key }) => (
          <div key={key} className={css.longListRow} style={{ transform: `translateY(${start}px)` }}>
            {row(items[index])}
          </div>
        ))}
      </div>
    </div>
  )
}
