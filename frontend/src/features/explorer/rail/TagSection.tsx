import { useMemo } from 'react'

import { useExplorer, useView } from '../state/context'
import { BIT, countCodes } from '../state/failing'
import { useValueFilter } from '../state/useValueFilter'
import { CountRow } from './CountRow'
import css from './rail.module.css'
import { RailSection } from './RailSection'

export function TagSection({ search }: { search: string }) {
  const { session } = useExplorer()
  const counts = useTagCounts()
  const { click, isShown } = useValueFilter('tag')
  const filter = useView((view) => view.filters.tag)
  const tags = session.map.tags
    .filter(({ id }) => session.points.tags.has(id))
    .filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
    .sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0))
  const largest = Math.max(1, ...counts.values())
  const hint = tags.length === 1 ? '1 tag' : `${tags.length} tags`

  return (
    <RailSection title="Tag" hint={tags.length > 0 && hint}>
      {tags.length === 0 && (
        <p className={css.empty}>
          {search ? 'No tag of that name.' : 'Select datapoints and press T to tag them.'}
        </p>
      )}
      {tags.map((tag) => (
        <CountRow
          key={tag.id}
          name={tag.name}
          count={counts.get(tag.id) ?? 0}
          largest={largest}
          colour={
            filter?.kind === 'only' && filter.values.includes(tag.id)
              ? 'var(--chroma-colors-accent)'
              : 'var(--chroma-colors-bar)'
          }
          isShown={isShown(tag.id)}
          hasWideName
          onClick={(event) => click(event, tag.id)}
        />
      ))}
    </RailSection>
  )
}

/** Members of each tag, counted under the filters of all other dimensions. */
function useTagCounts(): ReadonlyMap<string, number> {
  const { session } = useExplorer()
  const shownVersion = useView((view) => view.shownVersion)
  const { points, failing } = session
  return useMemo(() => {
    void shownVersion // `failing` is changed in place; its version says when.
    return new Map([...points.tags].map(([id, members]) => [id, countCodes(members, 2, failing, BIT.tag)[1]]))
  }, [points, failing, shownVersion])
}
