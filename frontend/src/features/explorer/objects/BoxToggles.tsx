import { formatCount } from '@/components/format'

import type { Box } from './boxes'
import { countKinds } from './boxes'
import { useBoxChoice } from './boxChoice'
import css from './objects.module.css'

/** Labels, inferences or both, and how sure the inferences must be. */
export function BoxToggles({ boxes }: { boxes: readonly Box[] }) {
  const choice = useBoxChoice()
  const { labels, inferences } = countKinds(boxes)
  const isSure = boxes.some(({ confidence }) => confidence !== null)
  const toggle = (kind: 'labels' | 'inferences', title: string, count: number) => (
    <button
      type="button"
      className={css.toggle}
      aria-pressed={choice[kind]}
      onClick={() => useBoxChoice.setState({ [kind]: !choice[kind] })}
    >
      <span className={css.stroke} data-kind={kind === 'labels' ? 'label' : 'inference'} aria-hidden="true" />
      {title} {formatCount(count)}
    </button>
  )
  return (
    <div className={css.toggles} role="group" aria-label="Boxes shown">
      {toggle('labels', 'Labels', labels)}
      {toggle('inferences', 'Inferences', inferences)}
      {isSure && choice.inferences && (
        <label className={css.sure}>
          from {choice.confidence.toFixed(2)}
          <input
            type="range"
            min={0}
            max={1}
            step={0.05}
            value={choice.confidence}
            aria-label="Least confidence of the inferences shown"
            onChange={(event) => useBoxChoice.setState({ confidence: event.target.valueAsNumber })}
          />
        </label>
      )}
    </div>
  )
}
