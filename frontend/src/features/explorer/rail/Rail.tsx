import { PanelLeftClose, Search, X } from 'lucide-react'
import { useMemo, useState } from 'react'

import { formatCount } from '@/components/format'

import { useExplorer, useView } from '../state/context'
import type { FieldInfo } from '../state/fields'
import type { Session } from '../state/session'
import { FieldSection } from './FieldSection'
import css from './rail.module.css'
import { RailSearch, RailSearchRow } from './RailSearch'

/** On small maps so many fields that must be read are open from the start. */
const OPEN_FIELDS = 6
const SMALL_MAP = 50_000

/** What is on the map, in numbers that add up; every row filters. */
export function Rail() {
  const { session } = useExplorer()
  const [text, setSearch] = useState('')
  const isSearchOpen = useView((view) => view.isSearchOpen)
  const search = isSearchOpen ? text : null
  const show = (next: string | null) => {
    setSearch(next ?? '')
    session.view.setState({ isSearchOpen: next !== null })
  }
  const shown = useView((view) => view.shownCount)
  const pointsVersion = useView((view) => view.pointsVersion)
  const sections = useMemo(() => {
    void pointsVersion // The map is replaced in place; its version says when.
    return sectionsOf(session)
  }, [session, pointsVersion])

  return (
    <aside className={css.rail} aria-label="Filters" data-testid="filter-rail">
      <div className={css.head}>
        {search === null ? (
          <span data-testid="shown-count">
            <strong>{formatCount(shown)}</strong> of {formatCount(session.points.count)} shown
          </span>
        ) : (
          <RailSearch text={search} onChange={setSearch} onClose={() => show(null)} />
        )}
        <button
          type="button"
          className={css.icon}
          aria-label={search === null ? 'Search' : 'Close the search'}
          title={search === null ? 'Search (/)' : 'Close'}
          onClick={() => show(search === null ? '' : null)}
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
      {search !== null && <RailSearchRow text={search} />}
      {sections
        .filter(({ info }) => search === null || search === '' || info.kind !== 'numbers')
        .map(({ info, isOpenAtFirst }) => (
          <FieldSection key={info.id} info={info} search={search ?? ''} isOpenAtFirst={isOpenAtFirst} />
        ))}
    </aside>
  )
}

/** The shown model's fields alone: those of the others are chosen by choosing the model. */
function sectionsOf(session: Session): { info: FieldInfo; isOpenAtFirst: boolean }[] {
  const own = ['inference', 'agreement', 'confidence'].map((id) => session.fields.fullId(id))
  const listed = session.catalogue.filter(
    ({ id, group, reading }) => reading.as !== 'byDataset' && (group !== 'model' || own.includes(id)),
  )
  let read = 0
  return listed.map((info) => {
    const isAtHand = info.reading.as === 'points' || info.reading.as === 'tags'
    const isOpenAtFirst = isAtHand || (session.points.count <= SMALL_MAP && read++ < OPEN_FIELDS)
    return { info, isOpenAtFirst }
  })
}
