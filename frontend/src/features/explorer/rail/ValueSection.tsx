import { useMemo, useState } from 'react'

import { formatCount } from '@/components/format'

import { useExplorer, useView } from '../state/context'
import type { FieldValue, ValueField } from '../state/fields'
import { useCounts } from '../state/useCounts'
import { useValueFilter } from '../state/useValueFilter'
import { CountRow } from './CountRow'
import { LongList } from './LongList'
import css from './rail.module.css'

/** Rows shown before the rest is folded away. */
const UNFOLDED = { label: 12, dataset: 8, other: 4, metadata: 8 }
const SHORT_NAME = 2

/** The values of a field with their counts; every row filters, and selects. */
export function ValueSection({ field, search }: { field: ValueField; search: string }) {
  const { palettes } = useExplorer()
  const counts = useCounts(field)
  const [isUnfolded, setUnfolded] = useState(false)
  const { totals } = palettes.get(field.id)!
  const isAgreement = field.id.startsWith('agreement:')
  const sorted = useMemo(() => {
    const named = field.values.filter(({ code }) => code > 0 && totals[code] > 0)
    const bySize = (a: FieldValue, b: FieldValue) => totals[b.code] - totals[a.code]
    return isAgreement
      ? named
      : named.sort((a, b) => Number(a.isRest ?? 0) - Number(b.isRest ?? 0) || bySize(a, b))
  }, [field, totals, isAgreement])
  const matching = useMemo(() => matches(sorted, search), [sorted, search])
  const most = limitOf(field)
  const isFolded = !isUnfolded && search === '' && matching.length > most + 1
  const visible = isFolded ? matching.slice(0, most) : matching
  const folded = matching.slice(visible.length)
  const none = totals[0] > 0 && !search ? field.values[0] : null
  const largest = counts.reduce((a, b) => Math.max(a, b), 0)
  const hasWideName = useMemo(() => sorted.some(({ name }) => name.length > SHORT_NAME), [sorted])
  const row = (value: FieldValue) => (
    <ValueRow key={value.id} {...{ field, value, largest, hasWideName }} count={counts[value.code]} />
  )

  return (
    <>
      {matching.length === 0 && search !== '' && <p className={css.empty}>No value of that name.</p>}
      <LongList items={visible} row={row} />
      {folded.length > 0 && (
        <button type="button" className={css.more} onClick={() => setUnfolded(true)}>
          {formatCount(folded.length)} more,{' '}
          {formatCount(folded.reduce((sum, { code }) => sum + counts[code], 0))}
        </button>
      )}
      {isUnfolded && matching.length > most + 1 && (
        <button type="button" className={css.more} onClick={() => setUnfolded(false)}>
          Show fewer
        </button>
      )}
      {none && row(none)}
    </>
  )
}

interface ValueRowProps {
  field: ValueField
  value: FieldValue
  count: number
  largest: number
  hasWideName: boolean
}

function ValueRow({ field, value, count, largest, hasWideName }: ValueRowProps) {
  const { session, palettes } = useExplorer()
  const { click, isolate, isShown } = useValueFilter(field.id)
  const isColoured = useView(
    (view) =>
      field.id === 'label' || field.group === 'model' || session.fields.fullId(view.colourBy) === field.id,
  )
  const colour = palettes.get(field.id)!.colours[value.code]
  return (
    <CountRow
      name={value.name}
      count={count}
      largest={largest}
      colour={isColoured ? colour : 'var(--chroma-colors-bar)'}
      isRing={value.code === 0}
      isShown={isShown(value.id)}
      isFixed={value.isRest}
      hasWideName={hasWideName || value.code === 0}
      onClick={(event) => click(event, value.id)}
      onIsolate={() => isolate(value.id)}
      onSelect={(mode) => session.selectByField(field.id, value.id, mode)}
    />
  )
}

function matches(values: readonly FieldValue[], search: string): readonly FieldValue[] {
  const wanted = search.toLowerCase()
  return wanted === '' ? values : values.filter(({ name }) => name.toLowerCase().includes(wanted))
}

function limitOf({ id, group }: ValueField): number {
  if (id === 'label') return UNFOLDED.label
  if (id === 'dataset') return UNFOLDED.dataset
  return group === 'metadata' ? UNFOLDED.metadata : UNFOLDED.other
}
