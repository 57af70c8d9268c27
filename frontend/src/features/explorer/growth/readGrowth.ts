import { column, fetchTableIfAny } from '@/api/arrow'

/** A layout in the making, thinned: a place for each datapoint that has one by now. */
export interface Growth {
  number: number
  phase: string
  /** How many datapoints the map will have. */
  total: number
  /** Codes of the map's sources, and rows of their datasets. */
  source: Uint16Array
  row: Uint32Array
  x: Float32Array
  y: Float32Array
}

/** The newest layout; null while there is none. */
export async function readGrowth(mapId: string): Promise<Growth | null> {
  const table = await fetchTableIfAny(`/bulk/v1/projection-sets/${mapId}/growth`)
  if (!table) return null
  const described = table.schema.metadata
  return {
    number: Number(described?.get('number')),
    phase: described?.get('phase') ?? '',
    total: Number(described?.get('total')),
    source: column<Uint16Array>(table, 'source'),
    row: column<Uint32Array>(table, 'row'),
    x: column(table, 'x'),
    y: column(table, 'y'),
  }
}
