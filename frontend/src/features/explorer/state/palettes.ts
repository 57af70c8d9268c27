/** The colour of every value of every field, and how many points of the whole map have it. */

import { colours, type Theme } from '@/theme/tokens'

import { fieldPalette } from './colouring'
import { countCodes } from './failing'
import type { CodedDimension, Field } from './fields'

export interface FieldColours {
  /** By code. */
  colours: readonly string[]
  totals: Uint32Array
  /** Whether the value has a colour of its own, and not that of "Other". */
  isNamed: (code: number) => boolean
}
export type Palettes = ReadonlyMap<CodedDimension, FieldColours>

export function palettesOf(fields: readonly Field[], theme: Theme): Palettes {
  const totals = new Map(fields.map((field) => [field.dimension, countAll(field)]))
  // Label and inference name the same categories, so both decide together which of them get a colour.
  const label = totals.get('label')
  const categorySizes = label?.map((count, code) => count + (totals.get('inference')?.[code] ?? 0))
  return new Map(
    fields.map((field) => {
      const own = totals.get(field.dimension)!
      const namesCategories = field.dimension === 'label' || field.dimension === 'inference'
      const sizes = namesCategories && categorySizes ? categorySizes : own
      const palette = fieldPalette(field, sizes, theme)
      const isNamed = (code: number) => code > 0 && palette[code] !== colours.bar[theme]
      return [field.dimension, { colours: palette, totals: own, isNamed }]
    }),
  )
}

function countAll(field: Field): Uint32Array {
  return countCodes(field.codes, field.values.length, new Uint8Array(field.codes.length), 0)
}
