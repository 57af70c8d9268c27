import { useMemo } from 'react'

import { useExplorer, useView } from '../state/context'
import { BIT } from '../state/failing'
import { barHeight, BINS, histogram, roundedDomain } from './histogram'
import { RangeBrush } from './RangeBrush'
import css from './rail.module.css'
import { RailSection } from './RailSection'

const WIDTH = 240
const HEIGHT = 43

export function ConfidenceSection() {
  const { session } = useExplorer()
  const { points, failing } = session
  const range = useView((view) => view.filters.confidence)
  const shownVersion = useView((view) => view.shownVersion)
  const domain = useMemo(() => roundedDomain(points.confidence), [points.confidence])
  const bars = useMemo(() => {
    void shownVersion // `failing` is changed in place; its version says when.
    return domain && histogram(points.confidence, domain, failing, BIT.confidence)
  }, [points.confidence, domain, failing, shownVersion])
  if (!domain || !bars) return null

  const [low, high] = range ?? domain
  const valueAt = (k: number) => domain[0] + ((k + 0.5) / BINS) * (domain[1] - domain[0])
  return (
    <RailSection title="Confidence" hint="log count">
      <div className={css.histogram}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {Array.from(bars.counts, (count, k) => {
            const height = barHeight(count, bars.largest) * HEIGHT
            const isInside = valueAt(k) >= low && valueAt(k) <= high
            const place = { x: (k * WIDTH) / BINS, y: HEIGHT - height, width: WIDTH / BINS - 1, height }
            return <rect key={k} {...place} className={isInside ? css.live : css.ghost} />
          })}
        </svg>
        <RangeBrush
          name="Confidence"
          domain={domain}
          range={[low, high]}
          onChange={(next) => session.setFilter('confidence', next)}
        />
      </div>
      <div className={css.scale}>
        <span>{domain[0].toFixed(2)}</span>
        {range && (
          <b>
            {low.toFixed(2)} – {high.toFixed(2)}
          </b>
        )}
        <span>{domain[1].toFixed(2)}</span>
      </div>
    </RailSection>
  )
}
