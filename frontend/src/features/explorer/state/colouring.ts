/** From "colour by" to what the engine draws: codes with a palette, or a score with a ramp. */

import { colours, type Theme } from '@/theme/tokens'
import { categoryColours, sequentialRamp } from '@/theme/palette'

import { AGREEMENT, type Points } from '../data/points'
import { assignColours, OTHER } from './categoryColours'
import type { Field } from './fields'

export type ColourBy = 'label' | 'inference' | 'agreement' | 'dataset' | 'confidence'

/** Categories by code, where 0 is "none", or a score along a ramp, where NaN is. Points with none are open rings. */
export type Colouring =
  | { codes: Uint8Array | Uint16Array; palette: readonly string[] }
  | { scores: Float32Array; ramp: readonly string[]; domain: readonly [number, number] }

/** One CSS colour for each code of a field. */
export function fieldPalette(field: Field, counts: ArrayLike<number>, theme: Theme): string[] {
  const none = colours.noLabel[theme]
  const other = colours.bar[theme]
  if (field.dimension === 'agreement') {
    const palette = field.values.map(() => none)
    palette[AGREEMENT.agree] = other
    palette[AGREEMENT.disagree] = colours.error[theme]
    return palette
  }
  const assigned = assignColours(
    field.values.map((value) => value.storedColour),
    counts,
  )
  return field.values.map((_, code) => {
    if (code === 0) return none
    return assigned[code] === OTHER ? other : categoryColours[theme][assigned[code]]
  })
}

export function confidenceColouring(points: Points, theme: Theme): Colouring {
  return { scores: points.confidence, ramp: sequentialRamp[theme], domain: [0, 1] }
}

export function hasValue(colouring: Colouring, point: number): boolean {
  if ('codes' in colouring) return colouring.codes[point] !== 0
  return !Number.isNaN(colouring.scores[point])
}
