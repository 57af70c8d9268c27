import { Circle, X } from 'lucide-react'
import { useMemo, useState } from 'react'

import { formatCount, formatPercent } from '@/components/format'

import { useExplorer, useView } from '../state/context'
import css from './map.module.css'

/** How many are selected, and how the points are drawn. */
export function MapStatus() {
  const { session } = useExplorer()
  const [isOpen, setOpen] = useState(false)
  const selected = useView((view) => view.selectedCount)
  const pointSize = useView((view) => view.pointSize)
  const hidden = useHiddenCount()
  return (
    <>
      {isOpen && <MarkSettings />}
      <div className={`${css.glass} ${css.status}`}>
        <span aria-live="polite" data-testid="selection-count">
          <strong>{formatCount(selected)}</strong> of {formatCount(session.points.count)} selected
          {hidden > 0 && <em>, {formatCount(hidden)} hidden by filters</em>}
        </span>
        {selected > 0 && (
          <button
            type="button"
            className={css.statusButton}
            title="Clear the selection (Esc)"
            aria-label="Clear the selection"
            onClick={() => session.clearSelection()}
            data-testid="clear-selection"
          >
            <X size={14} strokeWidth={1.5} aria-hidden="true" />
          </button>
        )}
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

/** Selected datapoints that the filters hide: edits change them all the same. */
function useHiddenCount(): number {
  const { session } = useExplorer()
  const selectionVersion = useView((view) => view.selectionVersion)
  const shownVersion = useView((view) => view.shownVersion)
  return useMemo(() => {
    void [selectionVersion, shownVersion] // Both are changed in place; their versions say when.
    return session.selection.reduce((count, point) => count + Number(session.failing[point] !== 0), 0)
  }, [session, selectionVersion, shownVersion])
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
