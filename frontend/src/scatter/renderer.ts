/** What the engine asks of a drawing surface; WebGL2 draws every point, canvas-2D an even sample. */

import type { Camera, RendererKind, ScatterTheme, Size } from './types'

export interface Frame {
  camera: Camera
  size: Size
  pixelRatio: number
  theme: ScatterTheme
  radius: number
  /** Opacity of plain points, given their density on the screen. */
  opacity: number
  /** Factor on it for the points outside a selection. */
  restOpacity: number
  /** Draw only the first so many points of the draw order. */
  limit: number
  hovered: number | null
  /** How far points are on the way from their origins, 0 … 1. */
  blend: number
}

export interface Renderer {
  readonly kind: RendererKind
  /** The most points this surface draws. */
  readonly capacity: number
  /** Codes and state of the new points follow. */
  setPoints(xy: Float32Array, order: Uint32Array): void
  /** Where the points come from, NaN for those that had no place; null for none, until the next points. */
  setOrigin(xy: Float32Array | null): void
  setCodes(codes: Uint8Array | Uint16Array): void
  setPalette(texels: Uint8Array): void
  setState(state: Uint8Array): void
  draw(frame: Frame): void
  destroy(): void
}

/** Sizes and opacities of the map marks, as factors of the point radius or in CSS pixels. */
export const MARKS = {
  selectedFactor: 1.35,
  filteredOutFactor: 0.6,
  filteredOutOpacity: 0.18,
  hoverRing: 6.5,
  hoverHalo: 8.5,
  hoverDot: 3.2,
}

/** Which kinds of points exist, so that a pass that would draw nothing is left out. */
export function stateKinds(state: Uint8Array): { hasFilteredOut: boolean; hasSelected: boolean } {
  let all = 1
  let any = 0
  for (let i = 0; i < state.length; i++) {
    all &= state[i]
    any |= state[i]
  }
  return { hasFilteredOut: (all & 1) === 0, hasSelected: (any & 2) !== 0 }
}
