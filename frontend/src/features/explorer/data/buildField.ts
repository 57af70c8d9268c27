/** From the columns of a field to one value for each point. */

import { agreementOf, type Points } from './points'
import type { ColumnStore } from './columnStore'
import type { ExplorerMap } from './explorerMap'
import { eachValue } from './gather'
import { agreementValues, categoryNames } from './namedValues'
import { codeTexts } from './codeTexts'
import {
  type Field,
  type FieldInfo,
  type NamedValue,
  type Numbers,
  type NumberField,
  type ValueField,
  withNone,
} from '../state/fields'

/** Fields whose arrays the map has anyway; null for those that must be read. */
export function fieldAtHand(info: FieldInfo, map: ExplorerMap, points: Points): Field | null {
  const { reading, none } = info
  if (reading.as === 'byDataset') return pairs(info, map, points, reading.array)
  if (reading.as !== 'points') return null
  switch (reading.array) {
    case 'confidence':
      return numberField(info, points.confidence, false)
    case 'agreement':
      return { ...info, kind: 'values', codes: points.agreement, values: agreementValues }
    case 'dataset':
      return { ...info, kind: 'values', codes: points.dataset, values: withNone(none, map.datasets) }
    default:
      return {
        ...info,
        kind: 'values',
        codes: points[reading.array],
        values: withNone(none, categoryNames(map)),
      }
  }
}

export async function readField(
  info: FieldInfo,
  map: ExplorerMap,
  points: Points,
  columns: ColumnStore,
): Promise<Field> {
  const { reading, none } = info
  switch (reading.as) {
    case 'numbers': {
      const numbers = new Float64Array(points.count)
      eachValue(points, await columns.readAll(info.columns), (i, value) => (numbers[i] = value ?? NaN))
      return numberField(info, numbers, reading.isInteger)
    }
    case 'mapColumn': {
      const { value, present } = await columns.readOfMap(reading.name)
      const numbers = new Float32Array(points.count)
      for (let i = 0; i < numbers.length; i++) numbers[i] = present[i] ? value[i] : NaN
      return numberField(info, numbers, false)
    }
    case 'texts': {
      const texts = await columns.readAll<unknown>(info.columns)
      return { ...info, kind: 'values', ...codeTexts(points, texts, none) }
    }
    case 'named': {
      const names = await columns.readAll<string>(info.columns)
      const codeOf = new Map(reading.values.map(({ id }, k) => [id, k + 1]))
      return coded(info, points, reading.values, (codes) =>
        eachValue(points, names, (i, value) => (codes[i] = value === null ? 0 : (codeOf.get(value) ?? 0))),
      )
    }
    case 'listed':
    case 'booleans': {
      const listed = reading.as === 'listed' ? reading.values : [no, yes]
      const places = await columns.readAll(info.columns)
      return coded(info, points, listed, (codes) =>
        eachValue(points, places, (i, value) => (codes[i] = value === null ? 0 : Number(value) + 1)),
      )
    }
    case 'categories':
    case 'agreement': {
      const codeOf = new Map(map.categories.map(({ id }, k) => [id, k + 1]))
      const ids = await columns.readAll(info.columns)
      const named = coded(info, points, categoryNames(map), (codes) =>
        eachValue(points, ids, (i, value) => (codes[i] = value === null ? 0 : (codeOf.get(value) ?? 0))),
      )
      if (reading.as === 'categories') return named
      return {
        ...named,
        codes: agreementOf(points.label, named.codes as Uint16Array),
        values: agreementValues,
      }
    }
    default:
      throw new Error(`${info.title} is no column.`)
  }
}

const no: NamedValue = { id: 'false', name: 'No' }
const yes: NamedValue = { id: 'true', name: 'Yes' }

function coded(
  info: FieldInfo,
  points: Points,
  named: readonly NamedValue[],
  fill: (codes: Uint16Array) => void,
): ValueField {
  const codes = new Uint16Array(points.count)
  fill(codes)
  return { ...info, kind: 'values', codes, values: withNone(info.none, named) }
}

function numberField(info: FieldInfo, numbers: Numbers, isInteger: boolean): NumberField {
  return { ...info, kind: 'numbers', numbers, domain: info.bounds ?? extent(numbers), isInteger }
}

function extent(numbers: Numbers): [number, number] | null {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i]
    if (value < low) low = value
    if (value > high) high = value
  }
  return low <= high && Number.isFinite(high - low) ? [low, high] : null
}

/** Every category in every dataset; in both the names of categories stay the first part of the id. */
function pairs(info: FieldInfo, map: ExplorerMap, points: Points, array: 'label' | 'inference'): ValueField {
  const { dataset } = points
  const perCategory = map.datasets.length
  const codes = new Uint16Array(points.count)
  for (let i = 0; i < codes.length; i++) codes[i] = points[array][i] * perCategory + dataset[i]
  const rows = withNone(info.none, categoryNames(map))
  const named = rows.flatMap(({ id, name, storedColour }) =>
    map.datasets.map((each) => ({ id: `${id}/${each.id}`, name: `${name}, ${each.name}`, storedColour })),
  )
  return { ...info, kind: 'values', codes, values: withNone(info.none, named) }
}
