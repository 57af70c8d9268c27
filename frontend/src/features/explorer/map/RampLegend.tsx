import { formatCount } from '@/components/format'
import { sequentialRamp } from '@/theme/palette'
import { colours } from '@/theme/tokens'
import { useTheme } from '@/theme/useTheme'

import { Swatch } from '../parts/Swatch'
import { useExplorer } from '../state/context'
import css from './map.module.css'

/** Confidence as a ramp; it says which end is which. */
export function RampLegend() {
  const { confidence } = useExplorer().session.points
  const theme = useTheme((state) => state.theme)
  const without = confidence.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0)
  return (
    <>
      <div className={css.ramp}>
        <span style={{ background: `linear-gradient(to right, ${sequentialRamp[theme].join(', ')})` }} />
        <div>
          <span>0 unsure</span>
          <span>1 sure</span>
        </div>
      </div>
      {without > 0 && (
        <div className={css.legendFoot}>
          <div className={css.legendRow}>
            <Swatch colour={colours.noLabel[theme]} isRing />
            <span className={css.legendName}>No confidence</span>
            <span className={css.legendCount}>{formatCount(without)}</span>
          </div>
        </div>
      )}
    </>
  )
}
