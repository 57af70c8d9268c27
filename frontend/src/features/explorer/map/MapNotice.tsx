import { useEffect, useState } from 'react'

import { formatCount } from '@/components/format'
import type { ScatterEngine } from '@/scatter'

import { useExplorer, useView } from '../state/context'
import { StaleNotice } from '../versions/StaleNotice'
import css from './map.module.css'

/** Says what the picture leaves out: a sample for want of WebGL2, datapoints logged later, filters that hide all. */
export function MapNotice({ engine }: { engine: ScatterEngine }) {
  const { session } = useExplorer()
  const isLost = useIsLost(engine)
  const shown = useView((view) => view.shownCount)
  return (
    <div className={css.notices} role="status">
      {engine.rendererKind === 'canvas2d' && (
        <p className={css.notice} data-testid="no-webgl">
          This browser offers no WebGL2, so the map is slower
          {engine.drawnCount < engine.pointCount &&
            ` and shows ${formatCount(engine.drawnCount)} of ${formatCount(engine.pointCount)} points`}
          . Turn on hardware acceleration to change that.
        </p>
      )}
      {isLost && <p className={css.notice}>The graphics card is busy. The map comes back by itself.</p>}
      <StaleNotice />
      {session.points.count === 0 && (
        <p className={css.notice}>This map has no datapoints. Log embeddings and make a new map of them.</p>
      )}
      {shown === 0 && session.points.count > 0 && (
        <p className={css.notice}>
          The filters hide every datapoint.
          <button type="button" onClick={() => session.clearFilters()}>
            Clear filters
          </button>
        </p>
      )}
    </div>
  )
}

function useIsLost(engine: ScatterEngine): boolean {
  const [isLost, setLost] = useState(false)
  useEffect(() => engine.on('surface', ({ isReady }) => setLost(!isReady)), [engine])
  return isLost
}
