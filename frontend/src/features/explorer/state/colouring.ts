/** From "colour by" to what the engine draws: codes with a palette, or numbers with a ramp. */

import { categoryColours, divergingRamp, sequentialRamp } from '@/theme/palette'
import { colours, type Theme } from '@/theme/tokens'

import { AGREEMENT } from '../data/points'
import { assignColours, OTHER } from './categoryColours'
import type { Codes, NumberField, Numbers, ValueField } from './fields'

/** Categories by slot, where 0 is "none", or a score along a ramp, where NaN is. Points with none are open rings. */
export type Colouring =
  | { slots: Codes; palette: readonly string[] }
  | { scores: Numbers; ramp: readonly string[]; domain: readonly [number, number] }

/** One CSS colour for each code of a field. */
export function fieldPalette(field: ValueField, counts: ArrayLike<number>, theme: Theme): string[] {
  const none = colours.noLabel[theme]
  const other = colours.bar[theme]
  if (field.reading.as === 'agreement' || field.id.startsWith('agreement:')) {
    const palette = field.values.map(() => none)
    palette[AGREEMENT.agree] = other
    palette[AGREEMENT.disagree] = colours.error[theme]
    return palette
  }
  const assigned = assignColours(
    field.values.map(({ storedColour }) => storedColour),
    field.values.map(({ code, isRest }) => (isRest ? 0 : counts[code])),
  )
  return field.values.map((_, code) => {
    if (code === 0) return none
    return assigned[code] === OTHER ? other : categoryColours[theme][assigned[code]]
  })
}

/** Codes may be many, colours are few: what is drawn are places in a list of distinct colours. */
export function valueColouring(field: ValueField, palette: readonly string[]): Colouring {
  const distinct = [palette[0]]
  const slotOf = new Uint16Array(palette.length)
  const slots = new Map<string, number>()
  for (let code = 1; code < palette.length; code++) {
    const colour = palette[code]
    if (!slots.has(colour)) slots.set(colour, distinct.push(colour) - 1)
    slotOf[code] = field.reading.as === 'byDataset' && isNone(field, code) ? 0 : slots.get(colour)!
  }
  const drawn = new Uint16Array(field.codes.length)
  for (let i = 0; i < drawn.length; i++) drawn[i] = slotOf[field.codes[i]]
  return { slots: drawn, palette: distinct }
}

export function numberColouring(field: NumberField, theme: Theme): Colouring {
  return { scores: field.numbers, ramp: rampOf(field, theme), domain: rampDomain(field) }
}

/** Only a score with values on both sides of zero has a meaningful centre. */
export function rampOf(field: NumberField, theme: Theme): readonly string[] {
  return isDiverging(field) ? divergingRamp : sequentialRamp[theme]
}

export function rampDomain(field: NumberField): readonly [number, number] {
  const [low, high] = field.domain ?? [0, 1]
  if (field.id.startsWith('confidence:')) return [0, 1]
  if (!isDiverging(field)) return [low, high]
  const reach = Math.max(-low, high)
  return [-reach, reach]
}

export function hasValue(colouring: Colouring, point: number): boolean {
  if ('slots' in colouring) return colouring.slots[point] !== 0
  return !Number.isNaN(colouring.scores[point])
}

function isDiverging({ group, domain }: NumberField): boolean {
  return group === 'score' && domain !== null && domain[0] < 0 && domain[1] > 0
}

function isNone(field: ValueField, code: number): boolean {
  return field.values[code].id.startsWith('none/')
}
