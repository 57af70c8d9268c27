/** From one layout to the next: who was where, and where everybody is on the way. */

import type { Growth } from './readGrowth'

export interface Places {
  x: Float32Array
  y: Float32Array
}

type Placed = Pick<Growth, 'source' | 'row'> & Places

/** Brings a layout into [-1, 1] as the map's engine does, so that layouts of any scale follow each other calmly. */
export function toUnit({ x, y }: Places): Places {
  const [left, right] = extent(x)
  const [bottom, top] = extent(y)
  const scale = 2 / (Math.max(right - left, top - bottom) || 2)
  return {
    x: x.map((value) => (value - (left + right) / 2) * scale),
    y: y.map((value) => (value - (bottom + top) / 2) * scale),
  }
}

/** Where the points of the next layout are in the one before; NaN for those that had no place yet. */
export function originsOf(before: Placed, next: Pick<Growth, 'source' | 'row'>): Places {
  if (isSame(before.source, next.source) && isSame(before.row, next.row)) return before
  const places = new Map<number, number>()
  for (let i = 0; i < before.row.length; i++) places.set(keyOf(before, i), i)
  const x = new Float32Array(next.row.length).fill(NaN)
  const y = x.slice()
  for (let i = 0; i < x.length; i++) {
    const place = places.get(keyOf(next, i))
    if (place === undefined) continue
    x[i] = before.x[place]
    y[i] = before.y[place]
  }
  return { x, y }
}

/** The places at a share of the way, 0 … 1; who comes from nowhere is there from the start. */
export function onTheWay(from: Places, to: Places, share: number): Places {
  return { x: mixed(from.x, to.x, share), y: mixed(from.y, to.y, share) }
}

function mixed(from: Float32Array, to: Float32Array, share: number): Float32Array {
  return to.map((end, i) => (Number.isNaN(from[i]) ? end : from[i] + (end - from[i]) * share))
}

function keyOf({ source, row }: Pick<Growth, 'source' | 'row'>, point: number): number {
  return source[point] * 2 ** 32 + row[point]
}

function isSame(left: ArrayLike<number>, right: ArrayLike<number>): boolean {
  if (left.length !== right.length) return false
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false
  return true
}

function extent(values: Float32Array): [number, number] {
  let least = Infinity
  let most = -Infinity
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return least <= most ? [least, most] : [0, 0]
}
