import { useDeferredValue, useMemo } from 'react'

import { formatCount } from '@/components/format'

import { RelatedButtons } from '../objects/RelatedButtons'
import { useExplorer, useView } from '../state/context'
import { pointsShown } from '../state/membership'
import { ConfusionMatrix } from './ConfusionMatrix'
import css from './inspector.module.css'
import { MixBar } from './MixBar'
import { meanConfidence, type SelectionSummary, summarize } from './selectionSummary'

/** Figures of the selection, or of all that is shown when nothing is selected. */
export function SelectionFigures() {
  const { session } = useExplorer()
  const selected = useView((view) => view.selectedCount)
  const listVersion = useDeferredValue(useView((view) => view.listVersion))
  const pointsVersion = useView((view) => view.pointsVersion)
  const { points, map } = session
  const listed = useMemo(() => {
    void listVersion // What is listed is read from the session; its version says when.
    return session.listed()
  }, [session, listVersion])
  const summary = useMemo(() => {
    void pointsVersion
    return summarize(points, listed, map.categories.length)
  }, [points, listed, map, pointsVersion])
  return (
    <>
      <section className={css.block} aria-label={selected > 0 ? 'Figures of the selection' : 'Figures'}>
        <div className={css.lead}>
          <span>
            <strong>{formatCount(summary.count)}</strong>{' '}
            {selected === 0 ? 'shown' : summary.count === 1 ? 'datapoint' : 'datapoints'}
          </span>
          {summary.meanConfidence !== null && (
            <span className={css.quiet}>
              mean confidence <b>{summary.meanConfidence.toFixed(2)}</b>
              {selected > 0 && <MeanOfShown />}
            </span>
          )}
        </div>
        {summary.count > 0 && <MixBar mix={summary.mix} total={summary.count} />}
        {selected === 0 && (
          <p className={css.hint}>
            <kbd>Shift</kbd>-drag around points to select them, or click one to look at it.
          </p>
        )}
        <RelatedButtons />
      </section>
      {hasInference(summary) && <ConfusionMatrix summary={summary} points={listed} />}
    </>
  )
}

/** How sure the model is of all that is shown, to compare with. */
function MeanOfShown() {
  const { session } = useExplorer()
  const shownVersion = useDeferredValue(useView((view) => view.shownVersion))
  const { points } = session
  const mean = useMemo(() => {
    void shownVersion
    return meanConfidence(points.confidence, pointsShown(session.failing))
  }, [session, points, shownVersion])
  return mean === null ? null : <> (shown {mean.toFixed(2)})</>
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
