/** The colour of every value of every field, and how many points of the whole map have it. */

import type { Theme } from '@/theme/tokens'

import { fieldPalette } from './colouring'
import { countCodes } from './failing'
import type { CodedDimension, Field } from './fields'

export interface FieldColours {
  /** By code. */
  colours: readonly string[]
  totals: Uint32Array
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
      return [field.dimension, { colours: fieldPalette(field, sizes, theme), totals: own }]
    }),
  )
}

function countAll(field: Field): Uint32Array {
  return countCodes(field.codes, field.values.length, new Uint8Array(field.codes.length), 0)
}
