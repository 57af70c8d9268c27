/** The dimensions with named values: their codes for each point, and the names and colours of the values. */

import { inferenceTitle, type ExplorerMap } from '../data/explorerMap'
import { AGREEMENT, type Points } from '../data/points'
import { type ValueDimension, NONE } from './filters'

export type CodedDimension = Exclude<ValueDimension, 'tag'>

export interface FieldValue {
  id: string
  code: number
  name: string
  /** Index into the categorical palette as stored, where the value is a category. */
  storedColour?: number
}

export interface Field {
  dimension: CodedDimension
  title: string
  hint: string
  codes: Uint8Array | Uint16Array
  /** `values[code]`; the first is "none". */
  values: readonly FieldValue[]
}

/** The fields this map can show: without any inference there is neither that nor agreement. */
export function fieldsOf(map: ExplorerMap, points: Points): Field[] {
  const datasets: Field = {
    dimension: 'dataset',
    title: 'Dataset',
    hint: '',
    codes: points.dataset,
    values: withNone('No dataset', map.datasets),
  }
  const label: Field = {
    dimension: 'label',
    title: 'Label',
    hint: 'count',
    codes: points.label,
    values: categoryValues(map, 'No label'),
  }
  if (map.datasets.every((dataset) => !dataset.inferenceSet)) return [label, datasets]
  const inference: Field = {
    dimension: 'inference',
    title: 'Inference',
    hint: inferenceTitle(map),
    codes: points.inference,
    values: categoryValues(map, 'No inference'),
  }
  const agreement: Field = {
    dimension: 'agreement',
    title: 'Agreement',
    hint: '',
    codes: points.agreement,
    values: agreementValues,
  }
  return [label, inference, agreement, datasets]
}

const agreementValues: readonly FieldValue[] = [
  { id: NONE, code: AGREEMENT.noLabel, name: 'No label' },
  { id: 'agree', code: AGREEMENT.agree, name: 'Agree' },
  { id: 'disagree', code: AGREEMENT.disagree, name: 'Disagree' },
  { id: 'no-inference', code: AGREEMENT.noInference, name: 'No inference' },
]

function categoryValues(map: ExplorerMap, none: string): FieldValue[] {
  return withNone(
    none,
    map.categories.map(({ id, name, colour }) => ({ id: String(id), name, storedColour: colour })),
  )
}

function withNone(
  none: string,
  values: readonly { id: string; name: string; storedColour?: number }[],
): FieldValue[] {
  const named = values.map(({ id, name, storedColour }, k) => ({ id, name, storedColour, code: k + 1 }))
  return [{ id: NONE, code: 0, name: none }, ...named]
}
