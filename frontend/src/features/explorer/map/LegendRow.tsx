import { formatCount } from '@/components/format'

import { Swatch } from '../parts/Swatch'
import { useExplorer } from '../state/context'
import type { FieldValue, ValueField } from '../state/fields'
import { useValueFilter } from '../state/useValueFilter'
import css from './map.module.css'

interface LegendRowProps {
  field: ValueField
  value: FieldValue
  count: number
  /** Where the place says more than the value. */
  name?: string
  isRound?: boolean
}

export function LegendRow({ field, value, count, name = value.name, isRound }: LegendRowProps) {
  const { palettes } = useExplorer()
  const { click, isShown } = useValueFilter(field.id)
  const shown = isShown(value.id)
  return (
    <button
      type="button"
      className={css.legendRow}
      aria-pressed={shown}
      disabled={value.isRest}
      title={value.isRest ? name : `${name}: click to ${shown ? 'hide' : 'show'}, Alt+click to isolate`}
      onClick={(event) => click(event, value.id)}
    >
      <Swatch
        colour={palettes.get(field.id)!.colours[value.code]}
        isRing={value.code === 0 || value.id.startsWith('none/')}
        isRound={isRound}
      />
      <span className={css.legendName}>{name}</span>
      <span className={css.legendCount}>{formatCount(count)}</span>
    </button>
  )
}
