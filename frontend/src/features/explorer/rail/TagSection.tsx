import { useEffect, useMemo } from 'react'

import type { MapTag } from '../data/explorerMap'
import { useExplorer, useView } from '../state/context'
import { countAmong } from '../state/failing'
import { NONE } from '../state/fields'
import { useValueFilter } from '../state/useValueFilter'
import { CountRow } from './CountRow'
import { LongList } from './LongList'
import css from './rail.module.css'

/** The project's tags with members in the map's datasets; each is read when its row comes into sight. */
export function TagSection({ search }: { search: string }) {
  const { session } = useExplorer()
  useView((view) => view.pointsVersion)
  const { tags } = session.map
  const sorted = useMemo(() => {
    const wanted = search.toLowerCase()
    return tags
      .filter((tag) => sizeOf(tag) > 0 && tag.name.toLowerCase().includes(wanted))
      .sort((a, b) => sizeOf(b) - sizeOf(a))
  }, [tags, search])
  const largest = Math.max(1, ...sorted.slice(0, 1).map(sizeOf))
  if (sorted.length === 0) {
    return (
      <p className={css.empty}>
        {search ? 'No tag of that name.' : 'Select datapoints and press T to tag them.'}
      </p>
    )
  }
  return (
    <>
      <LongList
        items={sorted}
        row={(tag) => <TagRow key={tag.id} id={tag.id} name={tag.name} largest={largest} />}
      />
      {!search && <UntaggedRow />}
    </>
  )
}

export function tagHint(tags: readonly MapTag[]): string {
  const count = tags.filter((tag) => sizeOf(tag) > 0).length
  if (count === 0) return ''
  return count === 1 ? '1 tag' : `${count} tags`
}

function TagRow({ id, name, largest }: { id: string; name: string; largest: number }) {
  const { session } = useExplorer()
  const { click, isolate, isShown, filter } = useValueFilter('tag')
  const shownVersion = useView((view) => view.shownVersion)
  const members = session.tags.members(id)
  useEffect(() => {
    session.tags.request(id).catch(() => undefined)
  })
  const count = useMemo(() => {
    void shownVersion // The mask is changed in place; its version says when.
    return members && countAmong(members, session.failing, session.filtering.bitOf('tag'))
  }, [session, members, shownVersion])
  const isChosen = filter?.kind === 'only' && filter.values.includes(id)
  return (
    <CountRow
      name={name}
      count={count}
      largest={largest}
      colour={isChosen ? 'var(--chroma-colors-accent)' : 'var(--chroma-colors-bar)'}
      isShown={isShown(id)}
      hasWideName
      onClick={(event) => click(event, id)}
      onIsolate={() => isolate(id)}
      onSelect={(mode) => session.selectByField('tag', id, mode)}
    />
  )
}

/** Its count would need every tag; it filters all the same. */
function UntaggedRow() {
  const { session } = useExplorer()
  const { click, isShown } = useValueFilter('tag')
  const shown = isShown(NONE)
  return (
    <button
      type="button"
      className={css.row}
      aria-pressed={shown}
      title={`Datapoints without a tag: click to ${shown ? 'hide' : 'show'}, Alt+click to isolate`}
      onClick={(event) => click(event, NONE)}
    >
      <span className={css.ringMark} aria-hidden="true" />
      <span className={css.name}>{session.fields.info('tag')!.none}</span>
    </button>
  )
}

function sizeOf({ memberships }: MapTag): number {
  return memberships.reduce((sum, { datapointCount }) => sum + datapointCount, 0)
}
