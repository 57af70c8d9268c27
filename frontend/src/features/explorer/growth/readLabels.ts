import type { Client } from 'urql'

import { column, fetchTable } from '@/api/arrow'

import type { ProjectionSetResult } from '../data/describeMap'
import { readCategories } from '../data/readLists'
import type { Labels } from './colouring'

/** The labels of all datasets that a map is made of, by row. */
export async function readLabels(client: Client, result: ProjectionSetResult): Promise<Labels> {
  const categories = await readCategories(client, result)
  const codeOf = new Map(categories.map(({ id }, k) => [id, k + 1]))
  const sources = [...result.sources].sort((a, b) => a.position - b.position)
  const datasets = sources.map(({ embeddingSet }) => embeddingSet.dataset)
  const codes = await Promise.all(datasets.map(({ id }) => readCodes(id, codeOf)))
  const counts = new Uint32Array(categories.length + 1)
  for (const each of codes) for (const code of each) counts[code] += 1
  return { categories, codes, counts, datasets: datasets.map(({ name }) => name) }
}

async function readCodes(datasetId: string, codeOf: ReadonlyMap<number, number>): Promise<Uint16Array> {
  const table = await fetchTable(`/bulk/v1/datasets/${datasetId}/columns/label`)
  const present = column<Uint8Array>(table, 'present')
  return Uint16Array.from(column<ArrayLike<number>>(table, 'value'), (id, row) =>
    present[row] ? (codeOf.get(id) ?? 0) : 0,
  )
}
