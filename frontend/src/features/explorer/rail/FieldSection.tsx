import { Search } from 'lucide-react'
import { type ReactNode, useState } from 'react'

import { useExplorer, useView } from '../state/context'
import type { FieldInfo } from '../state/fields'
import { asValueFilter, invertFilter } from '../state/filters'
import { useField } from '../state/useField'
import { ModelChoice } from './ModelChoice'
import { NumberSection } from './NumberSection'
import { RailSection } from './RailSection'
import css from './rail.module.css'
import { TagSection, tagHint } from './TagSection'
import { ValueSection } from './ValueSection'

const LONG_LIST = 12

interface FieldSectionProps {
  info: FieldInfo
  /** From the search over all sections. */
  search: string
  isOpenAtFirst: boolean
}

/** One field of the rail: folded until someone wants it, if it must be read first. */
export function FieldSection({ info, search, isOpenAtFirst }: FieldSectionProps) {
  const { session } = useExplorer()
  const [ownSearch, setOwnSearch] = useState<string | null>(null)
  const isFiltered = useView((view) => info.id in view.filters)
  const isOpen = useView((view) => view.openSections[info.id] ?? (isOpenAtFirst || info.id in view.filters))
  const field = useField(isOpen && info.kind !== 'tags' ? info.id : null)
  const wanted = search || ownSearch || ''
  const isLong = info.kind === 'tags' ? session.map.tags.length > LONG_LIST : longValues(field) > LONG_LIST

  function toggle() {
    session.view.setState(({ openSections }) => ({ openSections: { ...openSections, [info.id]: !isOpen } }))
  }
  return (
    <RailSection
      title={info.title}
      hint={hintOf()}
      isOpen={isOpen}
      isFiltered={isFiltered}
      onToggle={toggle}
      verbs={
        <span className={css.verbs}>
          {isLong && (
            <button
              type="button"
              aria-label={`Search ${info.title}`}
              aria-pressed={ownSearch !== null}
              onClick={() => setOwnSearch(ownSearch === null ? '' : null)}
            >
              <Search size={12} strokeWidth={1.5} aria-hidden="true" />
            </button>
          )}
          <FilterVerbs info={info} />
        </span>
      }
    >
      {ownSearch !== null && (
        <input
          autoFocus
          className={css.ownSearch}
          placeholder={`Find in ${info.title.toLowerCase()}`}
          aria-label={`Find in ${info.title}`}
          value={ownSearch}
          onChange={(event) => setOwnSearch(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setOwnSearch(null)}
        />
      )}
      {content()}
    </RailSection>
  )

  function content(): ReactNode {
    if (info.kind === 'tags') return <TagSection search={wanted} />
    if (!field) return <p className={css.empty}>Reading…</p>
    if (field.kind === 'numbers') {
      return (
        <>
          {info.description && <p className={css.description}>{info.description}</p>}
          <NumberSection field={field} />
        </>
      )
    }
    return <ValueSection key={field.id} field={field} search={wanted} />
  }

  function hintOf(): ReactNode {
    if (info.kind === 'tags') return tagHint(session.map.tags)
    if (info.id === session.fields.fullId('inference')) return <ModelChoice />
    return info.hint
  }
}

/** All, none and the other way round, for the values of one field. */
function FilterVerbs({ info }: { info: FieldInfo }) {
  const { session } = useExplorer()
  const filter = useView((view) => view.filters[info.id])
  const verb = (text: string, title: string, act: () => void) => (
    <button type="button" title={title} aria-label={`${title}: ${info.title}`} onClick={act}>
      {text}
    </button>
  )
  return (
    <>
      {filter && verb('all', 'Show all', () => session.setFilter(info.id, undefined))}
      {info.kind === 'values' && (
        <>
          {verb('none', 'Hide all', () => session.setFilter(info.id, { kind: 'only', values: [] }))}
          {filter &&
            verb('invert', 'Show what is hidden', () =>
              session.setFilter(info.id, invertFilter(asValueFilter(filter))),
            )}
        </>
      )}
    </>
  )
}

function longValues(field: ReturnType<typeof useField>): number {
  return field?.kind === 'values' ? field.values.length : 0
}
