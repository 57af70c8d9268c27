import { ChevronRight, X } from 'lucide-react'
import type { ReactNode } from 'react'

import css from './explorer.module.css'
import { MapSwitch } from './MapSwitch'
import { useExplorer, useView } from './state/context'
import {
  type Dimension,
  hasFilters,
  valueDimensions,
  type ValueDimension,
  type ValueFilter,
} from './state/filters'

const MOST_NAMES = 3

/** The map's name and the filters in force, each of which can be taken away. */
export function TopBarContent() {
  const { session } = useExplorer()
  const filters = useView((view) => view.filters)
  const chips: { dimension: Dimension; text: ReactNode }[] = valueDimensions.flatMap((dimension) => {
    const filter = filters[dimension]
    return filter ? { dimension, text: <FilterText dimension={dimension} filter={filter} /> } : []
  })
  if (filters.confidence) {
    const [low, high] = filters.confidence
    const text = (
      <>
        Confidence{' '}
        <b>
          {low.toFixed(2)} – {high.toFixed(2)}
        </b>
      </>
    )
    chips.push({ dimension: 'confidence', text })
  }
  return (
    <>
      <ChevronRight size={16} strokeWidth={1.5} className={css.step} aria-hidden="true" />
      <span className={css.mapName}>{session.map.name}</span>
      <MapSwitch />
      {hasFilters(filters) && (
        <div className={css.chips} data-testid="filter-chips">
          {chips.map(({ dimension, text }) => (
            <span key={dimension} className={css.chip}>
              <span>{text}</span>
              <button
                type="button"
                aria-label={`Remove the ${dimension} filter`}
                onClick={() => session.setFilter(dimension, undefined)}
              >
                <X size={14} strokeWidth={1.5} aria-hidden="true" />
              </button>
            </span>
          ))}
          <button type="button" className={css.clear} onClick={() => session.clearFilters()}>
            Clear all
          </button>
        </div>
      )}
    </>
  )
}

function FilterText({ dimension, filter }: { dimension: ValueDimension; filter: ValueFilter }) {
  const { session } = useExplorer()
  const field = session.field(dimension)
  const names = filter.values.map((id) => {
    const value =
      field?.values.find((each) => each.id === id) ?? session.map.tags.find((tag) => tag.id === id)
    return value?.name ?? 'deleted'
  })
  const listed = names.slice(0, MOST_NAMES).join(', ')
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  return (
    <>
      {field?.title ?? 'Tag'}{' '}
      <b>
        {filter.kind === 'only' ? 'is' : 'is not'} {listed}
        {more}
      </b>
    </>
  )
}
