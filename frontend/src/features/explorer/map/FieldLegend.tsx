import { formatCount } from '@/components/format'

import { Swatch } from '../parts/Swatch'
import { useExplorer } from '../state/context'
import type { Field, FieldValue } from '../state/fields'
import { useCounts } from '../state/useCounts'
import { useValueFilter } from '../state/useValueFilter'
import css from './map.module.css'

const byName = new Intl.Collator(undefined, { numeric: true })
const SHORT_NAME = 7

/** Every value with its colour, name and count; "none" in a footer. */
export function FieldLegend({ field }: { field: Field }) {
  const counts = useCounts(field)
  const { totals, isNamed } = useExplorer().palettes.get(field.dimension)!
  const present = field.values.filter(({ code }) => totals[code] > 0)
  const named = present.filter(({ code }) => code > 0)
  // Those with a colour of their own come first; the others share one and follow by name.
  const byColourAndName = (a: FieldValue, b: FieldValue) =>
    Number(isNamed(b.code)) - Number(isNamed(a.code)) || byName.compare(a.name, b.name)
  const sorted = field.dimension === 'agreement' ? named : named.sort(byColourAndName)
  const none = present.find(({ code }) => code === 0)
  const isWide = sorted.some(({ name }) => name.length > SHORT_NAME) || sorted.length < 5
  const rows = Math.ceil(sorted.length / 2)
  const columns = isWide ? {} : { gridTemplateRows: `repeat(${rows}, 20px)`, gridAutoFlow: 'column' as const }

  return (
    <>
      {sorted.length > 0 && (
        <div className={isWide ? css.legendWide : css.legend} style={columns} data-testid="legend">
          {sorted.map((value) => (
            <LegendRow key={value.id} field={field} value={value} count={counts[value.code]} />
          ))}
        </div>
      )}
      {none && (
        <div className={css.legendFoot}>
          <LegendRow field={field} value={none} count={counts[0]} />
        </div>
      )}
    </>
  )
}

function LegendRow({ field, value, count }: { field: Field; value: FieldValue; count: number }) {
  const { palettes } = useExplorer()
  const { click, isShown } = useValueFilter(field.dimension)
  const shown = isShown(value.id)
  return (
    <button
      type="button"
      className={css.legendRow}
      aria-pressed={shown}
      title={`${value.name}: click to ${shown ? 'hide' : 'show'}, Alt+click to isolate`}
      onClick={(event) => click(event, value.id)}
    >
      <Swatch colour={palettes.get(field.dimension)!.colours[value.code]} isRing={value.code === 0} />
      <span className={css.legendName}>{value.name}</span>
      <span className={css.legendCount}>{formatCount(count)}</span>
    </button>
  )
}
