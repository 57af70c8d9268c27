import { Circle } from 'lucide-react'
import { useState } from 'react'

import { formatCount, formatPercent } from '@/components/format'

import { useExplorer, useView } from '../state/context'
import css from './map.module.css'

/** How many are selected, and how the points are drawn. */
export function MapStatus() {
  const { session } = useExplorer()
  const [isOpen, setOpen] = useState(false)
  const selected = useView((view) => view.selectedCount)
  const pointSize = useView((view) => view.pointSize)
  return (
    <>
      {isOpen && <MarkSettings />}
      <div className={`${css.glass} ${css.status}`}>
        <span aria-live="polite" data-testid="selection-count">
          <strong>{formatCount(selected)}</strong> of {formatCount(session.points.count)} selected
        </span>
        <span className={css.rule} />
        <button
          type="button"
          className={css.statusButton}
          aria-expanded={isOpen}
          title="Point size and opacity"
          onClick={() => setOpen(!isOpen)}
        >
          <Circle size={14} strokeWidth={1.5} aria-hidden="true" />
          {pointSize} px
        </button>
      </div>
    </>
  )
}

function MarkSettings() {
  const { session } = useExplorer()
  const pointSize = useView((view) => view.pointSize)
  const restOpacity = useView((view) => view.restOpacity)
  return (
    <div className={`${css.glass} ${css.settings}`}>
      <label>
        <span>
          Point size <output>{pointSize} px</output>
        </span>
        <input
          type="range"
          min={0.5}
          max={6}
          step={0.5}
          value={pointSize}
          onChange={(event) => session.view.setState({ pointSize: event.target.valueAsNumber })}
        />
      </label>
      <label>
        <span>
          Opacity of the rest <output>{formatPercent(restOpacity + 1e-9)}</output>
        </span>
        <input
          type="range"
          min={0.05}
          max={1}
          step={0.05}
          value={restOpacity}
          onChange={(event) => session.view.setState({ restOpacity: event.target.valueAsNumber })}
        />
      </label>
    </div>
  )
}
