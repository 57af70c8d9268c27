import { ChevronRight, X } from 'lucide-react'

import css from './explorer.module.css'
import { MapSwitch } from './MapSwitch'
import { RoleSwitch } from './objects/RoleSwitch'
import { useExplorer, useView } from './state/context'
import { type Filter, hasFilters, type RangeFilter } from './state/filters'
import { formatNumber } from './state/numberText'

const MOST_NAMES = 3

/** The map's name and the filters in force, each of which can be taken away. */
export function TopBarContent() {
  const { session } = useExplorer()
  const filters = useView((view) => view.filters)
  return (
    <>
      <ChevronRight size={16} strokeWidth={1.5} className={css.step} aria-hidden="true" />
      <span className={css.mapName}>{session.map.name}</span>
      <MapSwitch />
      <RoleSwitch />
      {hasFilters(filters) && (
        <div className={css.chips} data-testid="filter-chips">
          {Object.entries(filters).map(([id, filter]) => (
            <FilterChip key={id} id={id} filter={filter} />
          ))}
          <button type="button" className={css.clear} onClick={() => session.clearFilters()}>
            Clear all
          </button>
        </div>
      )}
    </>
  )
}

function FilterChip({ id, filter }: { id: string; filter: Filter }) {
  const { session } = useExplorer()
  useView((view) => view.pointsVersion)
  const title = session.fields.info(id)?.title ?? 'A field that is gone'
  return (
    <span className={css.chip}>
      <span>
        {title} <b>{filter.kind === 'range' ? rangeText(filter) : valuesText(filter, namer())}</b>
      </span>
      <button
        type="button"
        aria-label={`Remove the ${title.toLowerCase()} filter`}
        onClick={() => session.setFilter(id, undefined)}
      >
        <X size={14} strokeWidth={1.5} aria-hidden="true" />
      </button>
    </span>
  )

  function namer(): (value: string) => string {
    const values = session.valueField(id)?.values ?? session.map.tags
    return (value) => {
      if (value === 'none') return session.fields.info(id)?.none ?? 'none'
      return values.find((each) => each.id === value)?.name ?? 'deleted'
    }
  }
}

function valuesText({ kind, values }: Exclude<Filter, RangeFilter>, nameOf: (value: string) => string) {
  if (values.length === 0) return 'is nothing'
  const names = values.slice(0, MOST_NAMES).map(nameOf).join(', ')
  const more = values.length > MOST_NAMES ? ` and ${values.length - MOST_NAMES} more` : ''
  return `${kind === 'only' ? 'is' : 'is not'} ${names}${more}`
}

function rangeText({ low, high, missing }: RangeFilter): string {
  const or = missing ? ' or none' : ''
  if (low === null && high === null) return 'is there'
  if (low === null) return `≤ ${formatNumber(high!)}${or}`
  if (high === null) return `≥ ${formatNumber(low)}${or}`
  return `${formatNumber(low)} – ${formatNumber(high)}${or}`
}
