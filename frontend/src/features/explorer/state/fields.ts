/**
 * What datapoints can be coloured, filtered, selected and sorted by. A field is described at once and read when first
 * wanted; its id is the same in the address, in the rule of a slice and in an export.
 */

export type FieldGroup = 'base' | 'model' | 'map' | 'score' | 'metadata'
export type Direction = 'HIGH_IS_BAD' | 'LOW_IS_BAD' | 'NEUTRAL'

/** A column of one dataset; its version changes when its content does. */
export interface ColumnRef {
  /** Code of the dataset: its index in the map plus one. */
  dataset: number
  /** As in the address of the column: `metadata:7`, `inference:<inference set>` … */
  name: string
  version: string
}

export interface NamedValue {
  id: string
  name: string
  /** Index into the categorical palette as stored, where the value is a category. */
  storedColour?: number
}

/** How the columns of a field are turned into one value for each point. */
export type Reading =
  /** Arrays that every open map has. */
  | { as: 'points'; array: 'label' | 'inference' | 'agreement' | 'confidence' | 'dataset' }
  | { as: 'categories' }
  /** Whether the label agrees with the category in the columns. */
  | { as: 'agreement' }
  | { as: 'numbers'; isInteger: boolean }
  /** Numbers that the map has of its points, in member order. */
  | { as: 'mapColumn'; name: string }
  /** Whatever values occur, the most frequent first. */
  | { as: 'texts' }
  | { as: 'booleans' }
  /** Numbers that are places in a list of values. */
  | { as: 'listed'; values: readonly NamedValue[] }
  /** Texts that are ids of values. */
  | { as: 'named'; values: readonly NamedValue[] }
  /** Every pair of a category and a dataset. */
  | { as: 'byDataset'; array: 'label' | 'inference' }
  | { as: 'tags' }

export interface FieldInfo {
  id: string
  title: string
  hint: string
  /** What it means, in a sentence. */
  description?: string
  group: FieldGroup
  kind: 'values' | 'numbers' | 'tags'
  reading: Reading
  columns: readonly ColumnRef[]
  /** What it is called to have no value. */
  none: string
  /** Which end of a score deserves a look. */
  direction?: Direction
  /** Where its ends are fixed, whatever values occur. */
  bounds?: readonly [number, number]
  unit?: string
}

export interface FieldValue extends NamedValue {
  code: number
  /** Stands for all values too rare to be listed; it cannot be chosen. */
  isRest?: boolean
}

export type Codes = Uint8Array | Uint16Array
export type Numbers = Float32Array | Float64Array

export interface ValueField extends FieldInfo {
  kind: 'values'
  codes: Codes
  /** `values[code]`; the first is "none". */
  values: readonly FieldValue[]
}

export interface NumberField extends FieldInfo {
  kind: 'numbers'
  /** NaN where there is none. */
  numbers: Numbers
  domain: readonly [number, number] | null
  isInteger: boolean
}

export type Field = ValueField | NumberField

export const NONE = 'none'

export function withNone(noneName: string, named: readonly NamedValue[], noneId = NONE): FieldValue[] {
  return [{ id: noneId, code: 0, name: noneName }, ...named.map((value, k) => ({ ...value, code: k + 1 }))]
}
