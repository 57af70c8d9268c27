import { useMemo } from 'react'

import { formatCount } from '@/components/format'
import { colours } from '@/theme/tokens'
import { useTheme } from '@/theme/useTheme'

import { Swatch } from '../parts/Swatch'
import { rampDomain, rampOf } from '../state/colouring'
import type { NumberField } from '../state/fields'
import { formatNumber } from '../state/numberText'
import css from './map.module.css'

/** Numbers as a ramp; it says which end is which, and which one deserves a look. */
export function RampLegend({ field }: { field: NumberField }) {
  const theme = useTheme((state) => state.theme)
  const [low, high] = rampDomain(field)
  const without = useMemo(
    () => (field.numbers as Float32Array).reduce((sum, value) => sum + Number(Number.isNaN(value)), 0),
    [field],
  )
  const [lowWord, highWord] = endWords(field)
  return (
    <>
      <div className={css.ramp}>
        <span style={{ background: `linear-gradient(to right, ${rampOf(field, theme).join(', ')})` }} />
        <div>
          <span>
            {formatNumber(low)} {lowWord}
          </span>
          <span>
            {formatNumber(high)} {highWord}
          </span>
        </div>
      </div>
      {without > 0 && (
        <div className={css.legendFoot}>
          <div className={css.legendRow}>
            <Swatch colour={colours.noLabel[theme]} isRing />
            <span className={css.legendName}>{field.none}</span>
            <span className={css.legendCount}>{formatCount(without)}</span>
          </div>
        </div>
      )}
    </>
  )
}

function endWords({ id, direction }: NumberField): [string, string] {
  if (id.startsWith('confidence:')) return ['unsure', 'sure']
  if (direction === 'LOW_IS_BAD') return ['bad', 'good']
  return direction === 'HIGH_IS_BAD' ? ['good', 'bad'] : ['', '']
}
