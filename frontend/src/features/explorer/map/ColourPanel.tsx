import { ChevronDown } from 'lucide-react'

import { useExplorer, useView } from '../state/context'
import { FieldOptions } from '../state/FieldOptions'
import { useField } from '../state/useField'
import { DatasetLegend } from './DatasetLegend'
import { FieldLegend } from './FieldLegend'
import css from './map.module.css'
import { RampLegend } from './RampLegend'

/** What the colours mean, and the choice of what they show. */
export function ColourPanel() {
  const { session } = useExplorer()
  const chosen = useView((view) => view.colourBy)
  useView((view) => view.pointsVersion)
  const info = session.fields.info(chosen) ?? session.fields.info('label')!
  const field = useField(info.id)

  return (
    <div className={`${css.glass} ${css.colourPanel}`} data-testid="colour-panel">
      <label className={css.colourHead}>
        <span>Colour</span>
        <strong>{info.title}</strong>
        <ChevronDown size={16} strokeWidth={1.5} aria-hidden="true" />
        <select
          value={info.id}
          aria-label="Colour by"
          data-testid="colour-by"
          onChange={(event) => session.view.setState({ colourBy: event.target.value })}
        >
          <FieldOptions />
        </select>
      </label>
      {!field && <p className={css.legendWait}>Reading…</p>}
      {field?.kind === 'numbers' && <RampLegend field={field} />}
      {field?.kind === 'values' &&
        (field.reading.as === 'byDataset' ? (
          <DatasetLegend field={field} array={field.reading.array} />
        ) : (
          <FieldLegend field={field} />
        ))}
    </div>
  )
}
