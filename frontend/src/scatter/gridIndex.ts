/**
 * A square grid over the points: `items` lists point numbers cell by cell, `starts[c]` tells where cell c begins.
 * Built once for each set of positions; answers picking and lasso without asking the GPU.
 */

const POINTS_PER_CELL = 4
const MAX_RESOLUTION = 1024

export interface GridIndex {
  xy: Float32Array
  resolution: number
  minX: number
  minY: number
  cellWidth: number
  cellHeight: number
  starts: Uint32Array
  items: Uint32Array
}

export function buildGridIndex(xy: Float32Array): GridIndex {
  const count = xy.length / 2
  const resolution = Math.min(MAX_RESOLUTION, Math.max(1, Math.ceil(Math.sqrt(count / POINTS_PER_CELL))))
  const { minX, minY, maxX, maxY } = bounds(xy)
  const cellWidth = (maxX - minX || 1) / resolution
  const cellHeight = (maxY - minY || 1) / resolution

  const none = resolution * resolution
  const cellOf = new Uint32Array(count)
  const starts = new Uint32Array(none + 2)
  for (let i = 0; i < count; i++) {
    const x = xy[2 * i]
    let cell = none
    if (x === x) {
      const column = Math.min(resolution - 1, ((x - minX) / cellWidth) | 0)
      const row = Math.min(resolution - 1, ((xy[2 * i + 1] - minY) / cellHeight) | 0)
      cell = row * resolution + column
    }
    cellOf[i] = cell
    starts[cell + 1]++
  }
  for (let c = 0; c <= none; c++) starts[c + 1] += starts[c]

  const next = starts.slice()
  const items = new Uint32Array(count)
  for (let i = 0; i < count; i++) items[next[cellOf[i]]++] = i
  return { xy, resolution, minX, minY, cellWidth, cellHeight, starts: starts.subarray(0, none + 1), items }
}

/** The accepted point nearest to (x, y) within `radius`, or null. */
export function nearestPoint(
  index: GridIndex,
  x: number,
  y: number,
  radius: number,
  accept: (point: number) => boolean,
): number | null {
  const { xy, resolution, starts, items } = index
  const [left, right] = cellRange(x - radius, x + radius, index.minX, index.cellWidth, resolution)
  const [bottom, top] = cellRange(y - radius, y + radius, index.minY, index.cellHeight, resolution)
  let best: number | null = null
  let bestDistance = radius * radius
  for (let row = bottom; row <= top; row++) {
    const end = starts[row * resolution + right + 1]
    for (let k = starts[row * resolution + left]; k < end; k++) {
      const point = items[k]
      const dx = xy[2 * point] - x
      const dy = xy[2 * point + 1] - y
      const distance = dx * dx + dy * dy
      if (distance <= bestDistance && accept(point)) {
        best = point
        bestDistance = distance
      }
    }
  }
  return best
}

/** First and last cell that the interval touches; last < first when it touches none. */
export function cellRange(
  low: number,
  high: number,
  min: number,
  cellSize: number,
  resolution: number,
): [number, number] {
  const first = Math.floor((low - min) / cellSize)
  const last = Math.floor((high - min) / cellSize)
  // The greatest coordinate belongs to the last cell, so an interval that begins exactly there still meets it.
  if (last < 0 || first > resolution) return [0, -1]
  return [Math.min(resolution - 1, Math.max(0, first)), Math.min(resolution - 1, last)]
}

function bounds(xy: Float32Array) {
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (let i = 0; i < xy.length; i += 2) {
    const x = xy[i]
    const y = xy[i + 1]
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  return minX <= maxX ? { minX, minY, maxX, maxY } : { minX: 0, minY: 0, maxX: 0, maxY: 0 }
}
