/** Brings positions of any scale into [-1, 1], once and in double precision; what the GPU sees is small and exact. */

export interface NormalisedPositions {
  /** Interleaved x, y in world units. A point without a finite position is NaN and never drawn or picked. */
  xy: Float32Array
  count: number
  halfWidth: number
  halfHeight: number
  frame: Frame
}

export interface Box {
  minX: number
  minY: number
  maxX: number
  maxY: number
}

/** From data to world: (value − centre) · scale. */
export interface Frame {
  centreX: number
  centreY: number
  scale: number
}

export function normalisePositions(x: Float32Array, y: Float32Array): NormalisedPositions {
  if (x.length !== y.length) throw new RangeError(`x has ${x.length} values and y has ${y.length}`)
  const [minX, maxX] = finiteExtent(x)
  const [minY, maxY] = finiteExtent(y)
  const centreX = (minX + maxX) / 2
  const centreY = (minY + maxY) / 2
  const longest = Math.max(maxX - minX, maxY - minY)
  const scale = longest > 0 ? 2 / longest : 1

  const xy = new Float32Array(2 * x.length)
  for (let i = 0; i < x.length; i++) {
    const wx = (x[i] - centreX) * scale
    const wy = (y[i] - centreY) * scale
    const isFinite = Number.isFinite(wx) && Number.isFinite(wy)
    xy[2 * i] = isFinite ? wx : NaN
    xy[2 * i + 1] = isFinite ? wy : NaN
  }
  return {
    xy,
    frame: { centreX, centreY, scale },
    count: x.length,
    halfWidth: ((maxX - minX) * scale) / 2,
    halfHeight: ((maxY - minY) * scale) / 2,
  }
}

/** Positions in the world of others; NaN where there is none. */
export function inFrame(x: Float32Array, y: Float32Array, { centreX, centreY, scale }: Frame): Float32Array {
  const xy = new Float32Array(2 * x.length)
  for (let i = 0; i < x.length; i++) {
    xy[2 * i] = (x[i] - centreX) * scale
    xy[2 * i + 1] = (y[i] - centreY) * scale
  }
  return xy
}

/** The box around some points of the world; null when none of them has a place. */
export function extentOf(xy: Float32Array, points: Uint32Array): Box | null {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (const point of points) {
    const [x, y] = [xy[2 * point], xy[2 * point + 1]]
    if (x < box.minX) box.minX = x
    if (x > box.maxX) box.maxX = x
    if (y < box.minY) box.minY = y
    if (y > box.maxY) box.maxY = y
  }
  return box.minX <= box.maxX ? box : null
}

function finiteExtent(values: Float32Array): [number, number] {
  let min = Infinity
  let max = -Infinity
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (!Number.isFinite(value)) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  return min <= max ? [min, max] : [0, 0]
}
