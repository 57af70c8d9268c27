import { ChevronDown } from 'lucide-react'

import type { ColourBy } from '../state/colouring'
import { useExplorer, useView } from '../state/context'
import { FieldLegend } from './FieldLegend'
import css from './map.module.css'
import { RampLegend } from './RampLegend'

/** What the colours mean, and the choice of what they show. */
export function ColourPanel() {
  const { session } = useExplorer()
  const chosen = useView((view) => view.colourBy)
  const options: { value: ColourBy; title: string }[] = session.fields.map(({ dimension, title }) => ({
    value: dimension,
    title,
  }))
  const hasConfidence = session.map.datasets.some((dataset) => dataset.inferenceSet?.hasConfidence)
  if (hasConfidence) options.push({ value: 'confidence', title: 'Confidence' })
  const colourBy = options.some(({ value }) => value === chosen) ? chosen : 'label'
  const field = session.fields.find(({ dimension }) => dimension === colourBy)

  return (
    <div className={`${css.glass} ${css.colourPanel}`} data-testid="colour-panel">
      <label className={css.colourHead}>
        <span>Colour</span>
        <strong>{options.find(({ value }) => value === colourBy)?.title}</strong>
        <ChevronDown size={16} strokeWidth={1.5} aria-hidden="true" />
        <select
          value={colourBy}
          aria-label="Colour by"
          data-testid="colour-by"
          onChange={(event) => session.view.setState({ colourBy: event.target.value as ColourBy })}
        >
          {options.map(({ value, title }) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {field ? <FieldLegend field={field} /> : <RampLegend />}
    </div>
  )
}
