/** What the map engine offers. Screen coordinates are CSS pixels of the canvas; world coordinates are normalised, y up. */

export interface Point {
  x: number
  y: number
}

export interface Size {
  width: number
  height: number
}

/** Centre in world coordinates; zoom 1 shows two world units across the shorter side. */
export interface Camera {
  x: number
  y: number
  zoom: number
}

export type Tool = 'pan' | 'lasso' | 'rectangle'

/** How a new lasso or rectangle changes the selection that was there. */
export type LassoMode = 'replace' | 'add' | 'subtract'

export interface ScatterTheme {
  plot: string
  text: string
  noLabel: string
}

export interface Modifiers {
  shift: boolean
  alt: boolean
  control: boolean
}

export interface ScatterEvents {
  hover: { index: number | null; x: number; y: number }
  click: { index: number | null; x: number; y: number; modifiers: Modifiers }
  /** `isFitted` until someone moves the map. */
  camera: { camera: Camera; size: Size; isFitted: boolean }
  /** While the lasso is being drawn; null when it was given up. Screen coordinates, flat x, y, x, y … */
  lassoing: { polygon: Float32Array | null; mode: LassoMode }
  lasso: { polygon: Float32Array; indices: Uint32Array; mode: LassoMode }
  /** The drawing surface was lost (false) or is back (true). */
  surface: { isReady: boolean }
}

export type RendererKind = 'webgl2' | 'canvas2d'

/** Bits of the state byte of each point. */
export const VISIBLE = 1
export const SELECTED = 2
export const OPEN_RING = 4
/** Not drawn at all, where VISIBLE is not set either. */
export const GONE = 8

export interface ScatterOptions {
  theme: ScatterTheme
  pointSize?: number
  restOpacity?: number
  tool?: Tool
}

export interface ScatterEngine {
  readonly rendererKind: RendererKind
  readonly pointCount: number
  /** Points really drawn: fewer than all on the canvas-2D fallback. */
  readonly drawnCount: number
  setPositions(x: Float32Array, y: Float32Array): void
  /**
   * Where the points come from, in the same order and coordinates; NaN for those that come from nowhere. Until the next
   * `setPositions`, or null.
   */
  setOrigin(origin: { x: Float32Array; y: Float32Array } | null): void
  /** How far the points are on the way from their origins: 0 there, 1 at their positions, where alone they can be met. */
  setBlend(blend: number): void
  setCategory(codes: Uint8Array | Uint16Array, palette: readonly string[]): void
  setScalar(
    values: Float32Array | Float64Array,
    ramp: readonly string[],
    domain: readonly [number, number],
  ): void
  setState(state: Uint8Array): void
  setHovered(index: number | null): void
  setTheme(theme: ScatterTheme): void
  setPointSize(radius: number): void
  setRestOpacity(opacity: number): void
  setTool(tool: Tool): void
  /** Gives up a lasso in progress; true if there was one. */
  cancelLasso(): boolean
  fit(): void
  /** Shows all of these points, as large as fits. */
  zoomTo(points: Uint32Array): void
  zoomBy(factor: number): void
  panBy(dx: number, dy: number): void
  getCamera(): Camera
  setCamera(camera: Camera): void
  getSize(): Size
  /** Of a place in the coordinates given to `setPositions`. */
  dataToScreen(x: number, y: number): Point
  worldToScreen(x: number, y: number): Point
  /** The polygon of a lasso (flat x, y, … of the world) in the coordinates given to `setPositions`. */
  worldToData(polygon: Float32Array): [number, number][]
  /** Moves the map by dragging, whatever the tool: while the space bar is held. */
  setPanning(isPanning: boolean): void
  pick(px: number, py: number, radius?: number): number | null
  /** Visible points within a polygon of screen coordinates (flat x, y, …). */
  lasso(polygon: Float32Array): Uint32Array
  on<K extends keyof ScatterEvents>(event: K, handler: (payload: ScatterEvents[K]) => void): () => void
  toPNG(): Promise<Blob>
  destroy(): void
}
