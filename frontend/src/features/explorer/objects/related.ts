/** From images to their objects and back: the rows of the other role, whatever map they are on. */

import { rowsByDataset } from '../selection/postSelection'
import type { Session } from '../state/session'
import { relatedRows } from './objectIndex'
import { hasObjects, readObjectIndex } from './objectColumns'

/** Ascending rows by code of the dataset. */
export type RowsByDataset = ReadonlyMap<number, Uint32Array>

export interface Related {
  objects: RowsByDataset
  contexts: RowsByDataset
}

export async function relatedTo(session: Session, points: Uint32Array): Promise<Related> {
  const objects = new Map<number, Uint32Array>()
  const contexts = new Map<number, Uint32Array>()
  if (hasObjects(session)) {
    for (const [dataset, rows] of rowsByDataset(session.points, points)) {
      const related = relatedRows(await readObjectIndex(session, dataset), rows)
      if (related.objects.length > 0) objects.set(dataset, related.objects)
      if (related.contexts.length > 0) contexts.set(dataset, related.contexts)
    }
  }
  return { objects, contexts }
}

export function countRows(rows: RowsByDataset): number {
  return [...rows.values()].reduce((sum, each) => sum + each.length, 0)
}

/** The points of this map that stand for the rows. */
export function pointsOfRows(session: Session, rows: RowsByDataset): Uint32Array {
  const { dataset, row, count } = session.points
  const wanted = new Map([...rows].map(([code, each]) => [code, new Set(each)]))
  const found: number[] = []
  for (let point = 0; point < count; point++)
    if (wanted.get(dataset[point])?.has(row[point])) found.push(point)
  return Uint32Array.from(found)
}
