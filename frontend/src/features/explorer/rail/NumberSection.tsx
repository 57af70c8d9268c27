import { useMemo } from 'react'

import { formatCount } from '@/components/format'

import { useExplorer, useView } from '../state/context'
import type { NumberField } from '../state/fields'
import { asRangeFilter, rangeFilter } from '../state/filters'
import { formatNumber } from '../state/numberText'
import { barHeight, histogram, roundedDomain, stepOf } from './histogram'
import { type Range, RangeBrush } from './RangeBrush'
import css from './rail.module.css'

const WIDTH = 240
const HEIGHT = 43

/** How the numbers spread, and a range of them to keep. */
export function NumberSection({ field }: { field: NumberField }) {
  const { session } = useExplorer()
  const filter = asRangeFilter(useView((view) => view.filters[field.id]))
  const shownVersion = useView((view) => view.shownVersion)
  const domain = useMemo(
    () => field.domain && roundedDomain(field.domain, field.isInteger),
    [field.domain, field.isInteger],
  )
  const bars = useMemo(() => {
    void shownVersion // The mask is changed in place; its version says when.
    return (
      domain &&
      histogram(field.numbers, domain, session.failing, session.filtering.bitOf(field.id), field.isInteger)
    )
  }, [session, field, domain, shownVersion])
  if (!domain || !bars) return <p className={css.empty}>No datapoint of this map has a value.</p>

  const [low, high] = [filter?.low ?? domain[0], filter?.high ?? domain[1]]
  const bins = bars.counts.length
  const valueAt = (k: number) => domain[0] + ((k + 0.5) / bins) * (domain[1] - domain[0])
  function choose(range: Range | undefined) {
    // Points without a value leave with the first range; the row beneath brings them back.
    const missing = filter?.missing ?? !range
    const next = { kind: 'range' as const, low: range?.[0] ?? null, high: range?.[1] ?? null, missing }
    session.setFilter(field.id, range ? next : undefined)
  }
  function toggleMissing() {
    const before = filter ?? { kind: 'range' as const, low: null, high: null, missing: true }
    session.setFilter(field.id, rangeFilter({ ...before, missing: !before.missing }))
  }

  const showsMissing = filter?.missing ?? true
  return (
    <>
      <div className={css.histogram}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {Array.from(bars.counts, (count, k) => {
            const height = barHeight(count, bars.largest) * HEIGHT
            const isInside = valueAt(k) >= low && valueAt(k) <= high
            const place = { x: (k * WIDTH) / bins, y: HEIGHT - height, width: WIDTH / bins - 1, height }
            return <rect key={k} {...place} className={isInside ? css.live : css.ghost} />
          })}
        </svg>
        <RangeBrush
          name={field.title}
          domain={domain}
          range={[low, high]}
          step={stepOf(domain, field.isInteger)}
          onChange={choose}
        />
      </div>
      <div className={css.scale}>
        <span>{formatNumber(domain[0])}</span>
        {filter && (filter.low !== null || filter.high !== null) && (
          <b>
            {formatNumber(low)} – {formatNumber(high)}
          </b>
        )}
        <span>{formatNumber(domain[1])}</span>
      </div>
      {(bars.missing > 0 || !showsMissing) && (
        <label className={css.missing}>
          <input type="checkbox" checked={showsMissing} onChange={toggleMissing} />
          <span>{field.none}</span>
          <span className={css.count}>{formatCount(bars.missing)}</span>
        </label>
      )}
    </>
  )
}
