/** What objects are, on maps of datasets that have some. */

import type { ColumnRef, FieldInfo } from '../state/fields'
import type { DatasetResult } from './describeMap'
import type { Model } from './explorerMap'

export function objectFields(datasets: readonly DatasetResult[], models: readonly Model[]): FieldInfo[] {
  if (datasets.every(({ objectCount }) => objectCount === 0)) return []
  const columns = (name: string): ColumnRef[] =>
    datasets.map(({ version }, k) => ({ dataset: k + 1, name, version: String(version) }))
  const base = { hint: '', group: 'base', kind: 'values' } as const
  const roles = [
    { id: 'context', name: 'Context' },
    { id: 'object', name: 'Object' },
  ]
  return [
    {
      ...base,
      id: 'role',
      title: 'Role',
      none: 'No role',
      columns: columns('role'),
      reading: { as: 'listed', values: roles },
    },
    {
      ...base,
      id: 'source',
      title: 'Source',
      none: 'Context',
      columns: columns('source'),
      reading: { as: 'named', values: [{ id: 'ground_truth', name: 'Ground truth' }, ...models] },
    },
  ]
}
