/**
 * The order in which points are drawn. Steps of the golden ratio through the points, cell by cell of the grid:
 * any prefix is a sample spread evenly over the map, and no category (points logged together) covers another.
 */
export function drawOrder(pointsByCell: Uint32Array): Uint32Array {
  const count = pointsByCell.length
  const step = coprimeNear(Math.round(count * 0.618033988749895), count)
  const order = new Uint32Array(count)
  for (let k = 0, at = 0; k < count; k++) {
    order[k] = pointsByCell[at]
    at += step
    if (at >= count) at -= count
  }
  return order
}

function coprimeNear(start: number, count: number): number {
  let step = Math.max(1, start)
  while (greatestCommonDivisor(step, count) > 1) step++
  return count > 1 ? step % count : step
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b]
  return a
}
