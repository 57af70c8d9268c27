/** Which points lie inside a free-hand polygon (flat x, y, x, y …, closed by itself; even-odd rule). */

import { cellRange, type GridIndex } from './gridIndex'

export function isInsidePolygon(polygon: ArrayLike<number>, x: number, y: number): boolean {
  let inside = false
  const length = polygon.length
  for (let i = 0, j = length - 2; i < length; j = i, i += 2) {
    const yi = polygon[i + 1]
    const yj = polygon[j + 1]
    if (yi > y !== yj > y && x < ((polygon[j] - polygon[i]) * (y - yi)) / (yj - yi) + polygon[i])
      inside = !inside
  }
  return inside
}

/** Drops vertices closer than `step` to the one kept before: a slow hand makes hundreds of equal ones. */
export function thinnedPolygon(polygon: ArrayLike<number>, step: number): Float32Array {
  const kept: number[] = []
  for (let i = 0; i < polygon.length; i += 2) {
    const dx = polygon[i] - kept[kept.length - 2]
    const dy = polygon[i + 1] - kept[kept.length - 1]
    if (kept.length === 0 || dx * dx + dy * dy >= step * step) kept.push(polygon[i], polygon[i + 1])
  }
  return Float32Array.from(kept)
}

/**
 * Accepted points inside the polygon, in no order. Only points in cells that an edge crosses are tested one by one;
 * between two crossed cells of a grid row all cells are inside or all are outside.
 */
export function pointsInPolygon(
  index: GridIndex,
  polygon: ArrayLike<number>,
  accept: (point: number) => boolean,
): Uint32Array {
  if (polygon.length < 6) return new Uint32Array(0)
  const { xy, resolution, starts, items } = index
  const crossed = crossedCells(index, polygon)
  const [left, right, bottom, top] = polygonCells(index, polygon)
  const found = new Uint32Array(items.length)
  let size = 0

  for (let row = bottom; row <= top; row++) {
    let isRunInside: boolean | null = null
    for (let column = left; column <= right; column++) {
      const cell = row * resolution + column
      const begin = starts[cell]
      const end = starts[cell + 1]
      if (crossed[cell]) {
        isRunInside = null
        for (let k = begin; k < end; k++) {
          const point = items[k]
          if (isInsidePolygon(polygon, xy[2 * point], xy[2 * point + 1]) && accept(point))
            found[size++] = point
        }
        continue
      }
      isRunInside ??= isInsidePolygon(polygon, ...cellCentre(index, column, row))
      if (!isRunInside) continue
      for (let k = begin; k < end; k++) if (accept(items[k])) found[size++] = items[k]
    }
  }
  return found.slice(0, size)
}

function cellCentre(index: GridIndex, column: number, row: number): [number, number] {
  return [index.minX + (column + 0.5) * index.cellWidth, index.minY + (row + 0.5) * index.cellHeight]
}

function polygonCells(index: GridIndex, polygon: ArrayLike<number>): [number, number, number, number] {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < polygon.length; i += 2) {
    minX = Math.min(minX, polygon[i])
    maxX = Math.max(maxX, polygon[i])
    minY = Math.min(minY, polygon[i + 1])
    maxY = Math.max(maxY, polygon[i + 1])
  }
  const columns = cellRange(minX, maxX, index.minX, index.cellWidth, index.resolution)
  const rows = cellRange(minY, maxY, index.minY, index.cellHeight, index.resolution)
  return [...columns, ...rows]
}

/** Marks each cell that an edge passes through: in every grid row, the span of the edge within that row. */
function crossedCells(index: GridIndex, polygon: ArrayLike<number>): Uint8Array {
  const { resolution, minX, minY, cellWidth, cellHeight } = index
  const crossed = new Uint8Array(resolution * resolution)
  // A hair wider than the edge, so that rounding never leaves a cell unmarked.
  const hair = 1e-6 * Math.max(cellWidth, cellHeight)
  for (let i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
    const lowFirst = polygon[i + 1] < polygon[j + 1]
    const [ax, ay] = lowFirst ? [polygon[i], polygon[i + 1]] : [polygon[j], polygon[j + 1]]
    const [bx, by] = lowFirst ? [polygon[j], polygon[j + 1]] : [polygon[i], polygon[i + 1]]
    const [firstRow, lastRow] = cellRange(ay - hair, by + hair, minY, cellHeight, resolution)
    for (let row = firstRow; row <= lastRow; row++) {
      const yLow = Math.max(ay, minY + row * cellHeight - hair)
      const yHigh = Math.min(by, minY + (row + 1) * cellHeight + hair)
      const xAt = (y: number) => (by > ay ? ax + ((bx - ax) * (y - ay)) / (by - ay) : ax)
      const [x0, x1] = by - ay > 2 * hair ? [xAt(yLow), xAt(yHigh)] : [ax, bx]
      const low = Math.min(x0, x1) - hair
      const [first, last] = cellRange(low, Math.max(x0, x1) + hair, minX, cellWidth, resolution)
      for (let column = first; column <= last; column++) crossed[row * resolution + column] = 1
    }
  }
  return crossed
}
