import { useMemo } from 'react'

import { formatCount } from '@/components/format'

import { RelatedButtons } from '../objects/RelatedButtons'
import { useExplorer, useView } from '../state/context'
import { ConfusionMatrix } from './ConfusionMatrix'
import css from './inspector.module.css'
import { MixBar } from './MixBar'
import { meanConfidence, type SelectionSummary, summarize } from './selectionSummary'

export function SelectionFigures() {
  const { session } = useExplorer()
  const selectionVersion = useView((view) => view.selectionVersion)
  const shownVersion = useView((view) => view.shownVersion)
  const { points, map } = session
  const summary = useMemo(() => {
    void selectionVersion // `session.selection` is replaced in place; its version says when.
    return summarize(points, session.selection, map.categories.length)
  }, [session, points, map, selectionVersion])
  const shownConfidence = useMemo(() => {
    void shownVersion
    return meanOfShown(points.confidence, session.failing)
  }, [session, points, shownVersion])

  if (summary.count === 0) return <NothingSelected />
  return (
    <>
      <section className={css.block} aria-label="Figures of the selection">
        <div className={css.lead}>
          <span>
            <strong>{formatCount(summary.count)}</strong> {summary.count === 1 ? 'datapoint' : 'datapoints'}
          </span>
          {summary.meanConfidence !== null && (
            <span className={css.quiet}>
              mean confidence <b>{summary.meanConfidence.toFixed(2)}</b>
              {shownConfidence !== null && ` (shown ${shownConfidence.toFixed(2)})`}
            </span>
          )}
        </div>
        <MixBar mix={summary.mix} total={summary.count} />
        <RelatedButtons />
      </section>
      {hasInference(summary) && <ConfusionMatrix summary={summary} />}
    </>
  )
}

function NothingSelected() {
  const shown = useView((view) => view.shownCount)
  return (
    <section className={css.block}>
      <div className={css.lead}>
        <span>
          <strong>{formatCount(shown)}</strong> shown
        </span>
      </div>
      <p className={css.hint}>
        Hold <kbd>Shift</kbd> and draw around points to select them, or click one to see all that is known
        about it.
      </p>
      <RelatedButtons />
    </section>
  )
}

function hasInference({
  count,
  noInference,
  noLabel,
  agree,
  disagree,
  confusion,
}: SelectionSummary): boolean {
  return agree + disagree > 0 || (noInference < count && noLabel < count && confusion.inferences.length > 0)
}

function meanOfShown(confidence: Float32Array, failing: Uint32Array): number | null {
  const shown = new Uint32Array(failing.length)
  let size = 0
  for (let i = 0; i < failing.length; i++) if (failing[i] === 0) shown[size++] = i
  return meanConfidence(confidence, shown.subarray(0, size))
}
