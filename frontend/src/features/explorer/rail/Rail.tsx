import { PanelLeftClose, Search, X } from 'lucide-react'
import { useState } from 'react'

import { formatCount } from '@/components/format'

import { useExplorer, useView } from '../state/context'
import { ConfidenceSection } from './ConfidenceSection'
import { FieldSection } from './FieldSection'
import css from './rail.module.css'
import { TagSection } from './TagSection'

/** What is on the map, in numbers that add up; every row filters. */
export function Rail() {
  const { session } = useExplorer()
  const [search, setSearch] = useState<string | null>(null)
  const shown = useView((view) => view.shownCount)
  const field = (dimension: string) => session.fields.find((each) => each.dimension === dimension)
  const hasConfidence = session.map.datasets.some((dataset) => dataset.inferenceSet?.hasConfidence)
  const sections = (['label', 'inference', 'agreement'] as const).flatMap(
    (dimension) => field(dimension) ?? [],
  )

  return (
    <aside className={css.rail} aria-label="Filters" data-testid="filter-rail">
      <div className={css.head}>
        {search === null ? (
          <span data-testid="shown-count">
            <strong>{formatCount(shown)}</strong> of {formatCount(session.points.count)} shown
          </span>
        ) : (
          <input
            autoFocus
            className={css.search}
            placeholder="Find a value"
            aria-label="Find a value"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setSearch(null)}
          />
        )}
        <button
          type="button"
          className={css.icon}
          aria-label={search === null ? 'Find a value' : 'Close the search'}
          onClick={() => setSearch(search === null ? '' : null)}
        >
          {search === null ? <Search size={16} strokeWidth={1.5} /> : <X size={16} strokeWidth={1.5} />}
        </button>
        <button
          type="button"
          className={css.icon}
          aria-label="Hide the filters"
          title="Hide the filters (S)"
          onClick={() => session.view.setState({ isRailOpen: false })}
        >
          <PanelLeftClose size={16} strokeWidth={1.5} />
        </button>
      </div>
      {sections.map((each) => (
        <FieldSection key={each.dimension} field={each} search={search ?? ''} />
      ))}
      {hasConfidence && <ConfidenceSection />}
      <FieldSection field={field('dataset')!} search={search ?? ''} />
      <TagSection search={search ?? ''} />
    </aside>
  )
}
