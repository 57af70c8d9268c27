/** Sends chosen points to the server once, as one bitmap of rows for each dataset; actions then name its id. */

import { requestJson } from '@/api/http'

import type { ExplorerMap } from '../data/explorerMap'
import type { Points } from '../data/points'
import { serializeRoaring } from './roaring'

export function postSelection(map: ExplorerMap, points: Points, chosen: Uint32Array): Promise<string> {
  const rows = [...rowsByDataset(points, chosen)].map(
    ([code, rows]) => [map.datasets[code - 1].id, rows] as const,
  )
  return postRows(map.projectId, rows)
}

/** Ascending rows for each dataset id, without repetition. */
export async function postRows(
  projectId: string,
  rows: readonly (readonly [datasetId: string, rows: Uint32Array])[],
): Promise<string> {
  const datasets = Object.fromEntries(rows.map(([id, each]) => [id, toBase64(serializeRoaring(each))]))
  const url = `/bulk/v1/projects/${projectId}/selections`
  const { id } = await requestJson<{ id: string }>('POST', url, { datasets })
  return id
}

/** Ascending rows by dataset code. A datapoint that is on the map twice (through two layers) counts once. */
export function rowsByDataset(points: Points, chosen: Uint32Array): Map<number, Uint32Array> {
  const counts = new Map<number, number>()
  for (const point of chosen) {
    const code = points.dataset[point]
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return new Map([...counts].map(([code, count]) => [code, rowsOf(points, chosen, code, count)]))
}

function rowsOf(points: Points, chosen: Uint32Array, code: number, count: number): Uint32Array {
  const rows = new Uint32Array(count)
  let size = 0
  for (const point of chosen) if (points.dataset[point] === code) rows[size++] = points.row[point]
  rows.sort()
  return rows.filter((row, k) => k === 0 || row !== rows[k - 1])
}

function toBase64(bytes: Uint8Array): string {
  const part = 0x8000
  let text = ''
  for (let i = 0; i < bytes.length; i += part) text += String.fromCharCode(...bytes.subarray(i, i + part))
  return btoa(text)
}
