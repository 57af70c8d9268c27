/** Columns of datasets as the server gives them, each kept until its version changes. */

import { column, fetchTable } from '@/api/arrow'

import type { ColumnRef } from '../state/fields'
import type { ExplorerMap } from './explorerMap'
import type { Column, Columns } from './gather'

export class ColumnStore {
  private readonly kept = new Map<string, { version: string; column: Promise<Column<unknown>> }>()

  constructor(private readonly mapOf: () => ExplorerMap) {}

  read<Value = number>({ dataset, name, version }: ColumnRef): Promise<Column<Value>> {
    const url = `/bulk/v1/datasets/${this.mapOf().datasets[dataset - 1].id}/columns/${name}`
    const kept = this.kept.get(url)
    if (kept?.version === version) return kept.column as Promise<Column<Value>>
    const reading = fetchColumn(url)
    this.kept.set(url, { version, column: reading })
    // What failed is asked for again when it is next wanted.
    reading.catch(() => this.kept.delete(url))
    return reading as Promise<Column<Value>>
  }

  /** Of the map itself, in member order. A finished map's columns never change. */
  readOfMap(name: string): Promise<Column> {
    return fetchColumn(`/bulk/v1/projection-sets/${this.mapOf().id}/columns/${name}`) as Promise<Column>
  }

  async readAll<Value = number>(refs: readonly ColumnRef[]): Promise<Columns<Value>> {
    const columns = await Promise.all(refs.map((ref) => this.read<Value>(ref)))
    return new Map(refs.map(({ dataset }, k) => [dataset, columns[k]]))
  }

  /** Frees the arrays of columns that are now in member order. */
  forget(refs: readonly ColumnRef[]): void {
    for (const { dataset, name } of refs)
      this.kept.delete(`/bulk/v1/datasets/${this.mapOf().datasets[dataset - 1].id}/columns/${name}`)
  }
}

async function fetchColumn(url: string): Promise<Column<unknown>> {
  const table = await fetchTable(url)
  return { value: column<ArrayLike<unknown>>(table, 'value'), present: column<Uint8Array>(table, 'present') }
}
