/** The columns that say where objects lie, read once for each dataset when something wants to draw or follow them. */

import type { Column } from '../data/gather'
import type { ColumnRef } from '../state/fields'
import type { Session } from '../state/session'
import type { Region } from './boxes'
import { ObjectIndex } from './objectIndex'

export interface Drawn {
  index: ObjectIndex
  regions: Column<Region>
  labels: Column
  /** Category ids by row, of the shown model. */
  inferences: Column | null
  sources: Column<string>
}

const indexes = new WeakMap<Column, ObjectIndex>()

/** Whether any dataset of the map has objects at all. */
export function hasObjects(session: Session): boolean {
  return session.fields.info('role') !== undefined
}

export async function readObjectIndex(session: Session, dataset: number): Promise<ObjectIndex> {
  const parents = await session.columns.read(refTo(session, dataset, 'parent'))
  const known = indexes.get(parents)
  if (known) return known
  const index = new ObjectIndex(parents)
  indexes.set(parents, index)
  return index
}

export async function readDrawn(session: Session, dataset: number): Promise<Drawn> {
  const { inferenceSet } = session.map.datasets[dataset - 1]
  const read = <Value>(name: string) => session.columns.read<Value>(refTo(session, dataset, name))
  const [index, regions, labels, sources, inferences] = await Promise.all([
    readObjectIndex(session, dataset),
    read<Region>('region'),
    read<number>('label'),
    read<string>('source'),
    inferenceSet ? read<number>(`inference:${inferenceSet.id}`) : null,
  ])
  return { index, regions, labels, sources, inferences }
}

/** All of these follow the dataset's own version. */
function refTo(session: Session, dataset: number, name: string): ColumnRef {
  const role = session.fields.info('role')!.columns.find((each) => each.dataset === dataset)!
  const versions = [role.version, String(session.map.datasets[dataset - 1].inferenceSet?.version ?? '')]
  return { dataset, name, version: versions.join('.') }
}
