/** Metadata by name over several datasets: one field for all columns of that name. */

import type { ColumnRef, FieldInfo, Reading } from '../state/fields'
import type { DatasetResult } from './describeMap'

type Kind = DatasetResult['metadataFields'][number]['kind']

export function metadataFields(datasets: readonly DatasetResult[]): FieldInfo[] {
  const byName = new Map<string, { kinds: Set<Kind>; columns: ColumnRef[] }>()
  datasets.forEach(({ metadataFields }, k) => {
    for (const { id, name, kind, version } of metadataFields) {
      const found = byName.get(name) ?? { kinds: new Set<Kind>(), columns: [] }
      found.kinds.add(kind)
      found.columns.push({ dataset: k + 1, name: `metadata:${id}`, version: String(version) })
      byName.set(name, found)
    }
  })
  const names = [...byName.keys()].sort((a, b) => a.localeCompare(b))
  return names.map((name) => {
    const { kinds, columns } = byName.get(name)!
    const reading = readingOf(kinds)
    return {
      id: `metadata:${name}`,
      title: name,
      hint: '',
      group: 'metadata',
      kind: reading.as === 'numbers' ? 'numbers' : 'values',
      none: 'No value',
      columns,
      reading,
    }
  })
}

/** Datasets that give one name different kinds have only the texts of the values in common. */
function readingOf(kinds: ReadonlySet<Kind>): Reading {
  const are = (...wanted: Kind[]) => [...kinds].every((kind) => wanted.includes(kind))
  if (are('INTEGER')) return { as: 'numbers', isInteger: true }
  if (are('INTEGER', 'NUMBER')) return { as: 'numbers', isInteger: false }
  return are('BOOLEAN') ? { as: 'booleans' } : { as: 'texts' }
}
