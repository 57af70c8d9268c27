import { useExplorer } from '../state/context'
import type { FieldValue, ValueField } from '../state/fields'
import { useCounts } from '../state/useCounts'
import { LegendRow } from './LegendRow'
import css from './map.module.css'

const byName = new Intl.Collator(undefined, { numeric: true })
const SHORT_NAME = 7
/** A legend names what has a colour, and some more; the rail lists all. */
const MOST_ROWS = 60

/** Every value with its colour, name and count; "none" in a footer. */
export function FieldLegend({ field }: { field: ValueField }) {
  const counts = useCounts(field)
  const { totals, isNamed } = useExplorer().palettes.get(field.id)!
  const present = field.values.filter(({ code }) => totals[code] > 0)
  const named = present.filter(({ code }) => code > 0)
  // Those with a colour of their own come first; the others share one and follow by name.
  const byColourAndName = (a: FieldValue, b: FieldValue) =>
    Number(isNamed(b.code)) - Number(isNamed(a.code)) || byName.compare(a.name, b.name)
  const sorted = field.id.startsWith('agreement:') ? named : named.sort(byColourAndName)
  const visible = sorted.slice(0, MOST_ROWS)
  const none = present.find(({ code }) => code === 0)
  const isWide = visible.some(({ name }) => name.length > SHORT_NAME) || visible.length < 5
  const rows = Math.ceil(visible.length / 2)
  const columns = isWide ? {} : { gridTemplateRows: `repeat(${rows}, 20px)`, gridAutoFlow: 'column' as const }

  return (
    <>
      {visible.length > 0 && (
        <div className={isWide ? css.legendWide : css.legend} style={columns} data-testid="legend">
          {visible.map((value) => (
            <LegendRow key={value.id} field={field} value={value} count={counts[value.code]} />
          ))}
        </div>
      )}
      {sorted.length > visible.length && (
        <p className={css.legendMore}>{sorted.length - visible.length} more in the filters</p>
      )}
      {none && (
        <div className={css.legendFoot}>
          <LegendRow field={field} value={none} count={counts[0]} />
        </div>
      )}
    </>
  )
}
