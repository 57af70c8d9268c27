import { useState } from 'react'

import { formatCount } from '@/components/format'

import { useExplorer, useView } from '../state/context'
import type { Field, FieldValue } from '../state/fields'
import { useCounts } from '../state/useCounts'
import { useValueFilter } from '../state/useValueFilter'
import { CountRow } from './CountRow'
import css from './rail.module.css'
import { RailSection } from './RailSection'

/** Rows shown before the rest is folded away: the labels all, if they are not too many. */
const UNFOLDED = { label: 12, inference: 4, agreement: 4, dataset: 8 }
const SHORT_NAME = 2

export function FieldSection({ field, search }: { field: Field; search: string }) {
  const { palettes } = useExplorer()
  const counts = useCounts(field)
  const [isUnfolded, setUnfolded] = useState(false)
  const { totals } = palettes.get(field.dimension)!
  const named = field.values.filter(({ code }) => code > 0 && totals[code] > 0)
  const sorted =
    field.dimension === 'agreement' ? named : named.sort((a, b) => totals[b.code] - totals[a.code])
  const matching = sorted.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
  const limit = isUnfolded || search ? Infinity : UNFOLDED[field.dimension]
  const visible = matching.slice(0, matching.length === limit + 1 ? limit + 1 : limit)
  const folded = matching.slice(visible.length)
  const none = totals[0] > 0 && !search ? field.values[0] : null
  const largest = Math.max(...counts)
  const hasWideName = named.some(({ name }) => name.length > SHORT_NAME)
  const row = (value: FieldValue) => (
    <ValueRow key={value.id} {...{ field, value, largest, hasWideName }} count={counts[value.code]} />
  )

  return (
    <RailSection title={field.title} hint={field.hint}>
      {visible.map(row)}
      {folded.length > 0 && (
        <button type="button" className={css.more} onClick={() => setUnfolded(true)}>
          {folded.length} more {field.dimension === 'dataset' ? 'datasets' : 'categories'},{' '}
          {formatCount(folded.reduce((sum, { code }) => sum + counts[code], 0))}
        </button>
      )}
      {isUnfolded && matching.length > UNFOLDED[field.dimension] && (
        <button type="button" className={css.more} onClick={() => setUnfolded(false)}>
          Show fewer
        </button>
      )}
      {none && row(none)}
    </RailSection>
  )
}

interface ValueRowProps {
  field: Field
  value: FieldValue
  count: number
  largest: number
  hasWideName: boolean
}

function ValueRow({ field, value, count, largest, hasWideName }: ValueRowProps) {
  const { palettes } = useExplorer()
  const { click, isShown } = useValueFilter(field.dimension)
  const isColoured = useView((view) => field.dimension !== 'dataset' || view.colourBy === 'dataset')
  const colour = palettes.get(field.dimension)!.colours[value.code]
  return (
    <CountRow
      name={value.name}
      count={count}
      largest={largest}
      colour={isColoured ? colour : 'var(--chroma-colors-bar)'}
      isRing={value.code === 0}
      isShown={isShown(value.id)}
      hasWideName={hasWideName || value.code === 0}
      onClick={(event) => click(event, value.id)}
    />
  )
}
