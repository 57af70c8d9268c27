import { X } from 'lucide-react'
import { type PointerEvent as ReactPointerEvent, useRef } from 'react'

import { formatCount } from '@/components/format'

import { useExplorer, useView } from '../state/context'
import type { InspectorTab } from '../state/viewState'
import { DatapointTab } from '../datapoint/DatapointTab'
import { openLarge } from '../datapoint/steps'
import css from './inspector.module.css'
import { SelectionTab } from './SelectionTab'
import { useInspectorWidth, WIDTH } from './useInspectorWidth'
import { useListing } from './useListing'

const DOUBLE_CLICK_MS = 800

/** Right of the map: the selection, or one datapoint. */
export function Inspector() {
  const { session } = useExplorer()
  const tab = useView((view) => view.tab)
  const isOpen = useView((view) => view.isInspectorOpen)
  const selected = useView((view) => view.selectedCount)
  const [width, setWidth] = useInspectorWidth()
  const listing = useListing()
  const cardPressedAt = useRef(0)
  if (!isOpen) return null

  const tabButton = (name: InspectorTab, title: string, count?: number) => (
    <button
      type="button"
      role="tab"
      id={`tab-${name}`}
      aria-selected={tab === name}
      aria-controls="inspector-panel"
      className={css.tab}
      onClick={() => session.view.setState({ tab: name })}
    >
      {title}
      {count ? <span className={css.badge}>{formatCount(count)}</span> : null}
    </button>
  )
  return (
    <aside className={css.inspector} style={{ width }} aria-label="Inspector" data-testid="inspector">
      <div
        className={css.resizer}
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the inspector"
        aria-valuenow={width}
        aria-valuemin={WIDTH.min}
        aria-valuemax={WIDTH.max}
        tabIndex={0}
        onPointerDown={(event) => dragWidth(event, width, setWidth)}
        onKeyDown={(event) => {
          const step = { ArrowLeft: 20, ArrowRight: -20 }[event.key]
          if (!step) return
          event.stopPropagation()
          setWidth(width + step)
        }}
      />
      <div className={css.tabs} role="tablist" aria-label="Inspector">
        {tabButton('selection', 'Selection', selected)}
        {tabButton('datapoint', 'Datapoint')}
        <button
          type="button"
          className={css.close}
          aria-label="Close the inspector"
          title="Close"
          onClick={() => session.view.setState({ isInspectorOpen: false })}
        >
          <X size={16} strokeWidth={1.5} aria-hidden="true" />
        </button>
      </div>
      <div
        id="inspector-panel"
        role="tabpanel"
        aria-labelledby={`tab-${tab}`}
        className={css.panel}
        onPointerDownCapture={({ target }) => {
          if (target instanceof HTMLElement && target.closest('[data-place]'))
            cardPressedAt.current = Date.now()
        }}
        // The first click of a double click on a card has put the datapoint's tab under the pointer.
        onDoubleClick={() => Date.now() - cardPressedAt.current < DOUBLE_CLICK_MS && openLarge(session)}
      >
        {tab === 'selection' ? <SelectionTab listing={listing} /> : <DatapointTab />}
      </div>
    </aside>
  )
}

function dragWidth(event: ReactPointerEvent, width: number, set: (width: number) => void) {
  const from = event.clientX
  const handle = event.currentTarget as HTMLElement
  const drag = (move: PointerEvent) => set(width + from - move.clientX)
  handle.setPointerCapture(event.pointerId)
  handle.addEventListener('pointermove', drag)
  handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', drag), {
    once: true,
  })
}
