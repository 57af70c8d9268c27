/** How many tiles fit beside each other, and how large they are. */

import type { ThumbnailSize } from '../state/viewState'

const TILE = { S: 51, M: 78, L: 148 }
const LINE = { S: 40, M: 56, L: 88 }
const CAPTION = 20
export const GAP = 6

export interface GridLayout {
  columns: number
  /** Side of a picture, or height of a line of text. */
  tile: number
  rowHeight: number
  hasCaption: boolean
}

/** Small tiles are a mosaic; larger ones carry names. */
export function layoutOf(size: ThumbnailSize, isText: boolean, width: number): GridLayout {
  if (isText) return { columns: 1, tile: LINE[size], rowHeight: LINE[size] + GAP, hasCaption: true }
  const columns = Math.max(1, Math.round((width + GAP) / (TILE[size] + GAP)))
  const tile = Math.max(24, Math.floor((width + GAP) / columns) - GAP)
  const hasCaption = size !== 'S'
  return { columns, tile, rowHeight: tile + (hasCaption ? CAPTION : 0) + GAP, hasCaption }
}

/** Where an arrow leads from a place in the list; the ends hold. */
export function placeAfter(key: string, place: number, columns: number, count: number): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    Home: -place,
    End: count - 1 - place,
  }
  const step = steps[key]
  if (step === undefined) return null
  const next = place + step
  // Up and down stay in their column at the ends; left and right never leave the list.
  return next < 0 || next >= count ? place : next
}
