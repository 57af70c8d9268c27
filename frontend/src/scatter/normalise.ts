/** Brings positions of any scale into [-1, 1], once and in double precision; what the GPU sees is small and exact. */

export interface NormalisedPositions {
  /** Interleaved x, y in world units. A point without a finite position is NaN and never drawn or picked. */
  xy: Float32Array
  count: number
  halfWidth: number
  halfHeight: number
  frame: Frame
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
