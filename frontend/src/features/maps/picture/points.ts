import { column, fetchTable } from '@/api/arrow'

/** A thinned map: positions, and for each point the dataset and row that its colour comes from. */
export interface ThinnedPoints {
  x: Float32Array
  y: Float32Array
  source: Uint16Array
  row: Uint32Array
}

export const mostPoints = 6_000

/** Positions never change once a map is finished, so that one reading serves every picture of it. */
const read = new Map<string, Promise<ThinnedPoints>>()

export function thinnedPoints(mapId: string): Promise<ThinnedPoints> {
  const known = read.get(mapId)
  if (known) return known
  const reading = readPoints(mapId)
  read.set(mapId, reading)
  reading.catch(() => read.delete(mapId))
  return reading
}

async function readPoints(mapId: string): Promise<ThinnedPoints> {
  const address = `/bulk/v1/projection-sets/${mapId}`
  const [positions, members] = await Promise.all([
    fetchTable(`${address}/positions`),
    fetchTable(`${address}/members`),
  ])
  return thin({
    x: column(positions, 'x'),
    y: column(positions, 'y'),
    source: column<Uint16Array>(members, 'source'),
    row: column<Uint32Array>(members, 'row'),
  })
}

/** Every n-th point, in an order that mixes the datasets, so that none is drawn over all others. */
export function thin(points: ThinnedPoints, most = mostPoints): ThinnedPoints {
  const step = Math.max(1, points.x.length / most)
  const count = Math.floor(points.x.length / step)
  const stride = coprimeStride(count)
  const order = Uint32Array.from({ length: count }, (_, place) =>
    Math.floor(((place * stride) % count) * step),
  )
  const take = <Values extends Float32Array | Uint16Array | Uint32Array>(
    values: Values,
    result: Values,
  ): Values => {
    order.forEach((from, to) => (result[to] = values[from]))
    return result
  }
  return {
    x: take(points.x, new Float32Array(count)),
    y: take(points.y, new Float32Array(count)),
    source: take(points.source, new Uint16Array(count)),
    row: take(points.row, new Uint32Array(count)),
  }
}

function coprimeStride(count: number): number {
  let stride = Math.max(1, Math.floor(count * 0.618))
  while (greatestCommonDivisor(stride, count) > 1) stride += 1
  return stride
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right)
}
