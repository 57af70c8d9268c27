/** All that a map can be coloured, filtered and sorted by, from its datasets' description. */

import type { FieldInfo } from '../state/fields'
import type { DatasetResult, ProjectionSetResult, ProjectResult } from './describeMap'
import type { Model } from './explorerMap'
import { mapFields } from './mapFields'
import { metadataFields } from './metadataFields'
import { inferenceSetsOf } from './models'
import { objectFields } from './objectFields'
import { scoreFields } from './scoreFields'

/** What fits the codes of a field. */
const MOST_CODES = 65_535

export function catalogueOf(
  datasets: readonly DatasetResult[],
  models: readonly Model[],
  chosen: Model | null,
  { categories, analyses }: ProjectResult,
  columns: ProjectionSetResult['columns'],
): FieldInfo[] {
  const isPaired = datasets.length > 1 && (categories.totalCount + 1) * datasets.length < MOST_CODES
  return [
    label,
    ...models.flatMap((model) => modelFields(datasets, model, model.id === chosen?.id)),
    dataset,
    ...objectFields(datasets, models),
    ...(isPaired ? [labelByDataset, ...(chosen ? [inferenceByDataset] : [])] : []),
    tags,
    ...mapFields(columns),
    ...scoreFields(datasets, analyses),
    ...metadataFields(datasets),
  ]
}

const base = { hint: '', group: 'base', kind: 'values', columns: [] } as const

const label: FieldInfo = {
  ...base,
  id: 'label',
  title: 'Label',
  hint: 'count',
  none: 'No label',
  reading: { as: 'points', array: 'label' },
}
const dataset: FieldInfo = {
  ...base,
  id: 'dataset',
  title: 'Dataset',
  none: 'No dataset',
  reading: { as: 'points', array: 'dataset' },
}
const labelByDataset: FieldInfo = {
  ...base,
  id: 'label-by-dataset',
  title: 'Label by dataset',
  none: 'No label',
  reading: { as: 'byDataset', array: 'label' },
}
const inferenceByDataset: FieldInfo = {
  ...base,
  id: 'inference-by-dataset',
  title: 'Inference by dataset',
  none: 'No inference',
  reading: { as: 'byDataset', array: 'inference' },
}
const tags: FieldInfo = {
  ...base,
  id: 'tag',
  title: 'Tag',
  kind: 'tags',
  none: 'No tag',
  reading: { as: 'tags' },
}

/** What one model says. The chosen one's arrays are there already; those of others are read when wanted. */
function modelFields(datasets: readonly DatasetResult[], model: Model, isChosen: boolean): FieldInfo[] {
  const sets = datasets.flatMap((dataset, k) =>
    inferenceSetsOf(dataset)
      .filter(({ modelId }) => modelId === model.id)
      .map((set) => ({ ...set, dataset: k + 1 })),
  )
  const columns = sets.map(({ id, dataset, version }) => ({
    dataset,
    name: `inference:${id}`,
    version: String(version),
  }))
  const confidences = sets
    .filter(({ hasConfidence }) => hasConfidence)
    .map(({ id, dataset, version }) => ({ dataset, name: `confidence:${id}`, version: String(version) }))
  const common = { hint: model.name, group: 'model', columns } as const
  const fields: FieldInfo[] = [
    {
      ...common,
      id: `inference:${model.id}`,
      title: 'Inference',
      kind: 'values',
      none: 'No inference',
      reading: isChosen ? { as: 'points', array: 'inference' } : { as: 'categories' },
    },
    {
      ...common,
      id: `agreement:${model.id}`,
      title: 'Agreement',
      hint: isChosen ? '' : model.name,
      kind: 'values',
      none: 'No label',
      reading: isChosen ? { as: 'points', array: 'agreement' } : { as: 'agreement' },
    },
  ]
  if (confidences.length > 0) {
    fields.push({
      ...common,
      id: `confidence:${model.id}`,
      title: 'Confidence',
      hint: isChosen ? 'log count' : model.name,
      kind: 'numbers',
      columns: confidences,
      none: 'No confidence',
      direction: 'LOW_IS_BAD',
      reading: isChosen ? { as: 'points', array: 'confidence' } : { as: 'numbers', isInteger: false },
    })
  }
  return fields
}
