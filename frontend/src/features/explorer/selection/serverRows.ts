/** Datapoints that the server names by row, as points of this map. */

import { requestJson } from '@/api/http'

import type { ExplorerMap } from '../data/explorerMap'
import type { Points } from '../data/points'
import { parseRoaring } from './roaring'
import type { Rule } from '../state/rule'

export interface FoundPoints {
  points: Uint32Array
  /** Datapoints found that this map does not show. */
  elsewhere: number
}

/** Has the server evaluate a rule, or a slice, now. */
export async function postQuestion(
  projectId: string,
  question: { rule: Rule } | { slice: string },
): Promise<{ id: string; count: number }> {
  const url = `/bulk/v1/projects/${projectId}/selections`
  const { id, datapoint_count: count } = await requestJson<{ id: string; datapoint_count: number }>(
    'POST',
    url,
    question,
  )
  return { id, count }
}

/** `of` as in the address: `selections/<id>` or `slices/<id>`. */
export async function readRows(map: ExplorerMap, points: Points, of: string): Promise<FoundPoints> {
  const { datasets } = await requestJson<{ datasets: Record<string, string> }>('GET', `/bulk/v1/${of}/rows`)
  const rows = new Map<number, Uint32Array>()
  let total = 0
  for (const [id, bitmap] of Object.entries(datasets)) {
    const list = parseRoaring(fromBase64(bitmap))
    const code = map.datasets.findIndex((dataset) => dataset.id === id) + 1
    if (code > 0) rows.set(code, list)
    total += list.length
  }
  return pointsOfRows(points, rows, total)
}

export function pointsOfRows(
  points: Points,
  rows: ReadonlyMap<number, Uint32Array>,
  total: number,
): FoundPoints {
  const wanted = new Map<number, Uint8Array>()
  for (const [code, list] of rows) {
    const flags = new Uint8Array((list.at(-1) ?? -1) + 1)
    for (const row of list) flags[row] = 1
    wanted.set(code, flags)
  }
  const found = new Uint32Array(points.count)
  let size = 0
  let distinct = 0
  for (let point = 0; point < points.count; point++) {
    const flags = wanted.get(points.dataset[point])
    const flag = flags?.[points.row[point]]
    if (!flags || !flag) continue
    found[size++] = point
    // A datapoint may be on the map twice, through two layers.
    if (flag === 1) distinct++
    flags[points.row[point]] = 2
  }
  return { points: found.slice(0, size), elsewhere: total - distinct }
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
}
