/** Puts surface, view, index and gestures together behind the ScatterEngine interface. */

import { densityOpacity } from './density'
import { DrawLoop } from './drawLoop'
import { drawOrder } from './drawOrder'
import { Emitter } from './emitter'
import { Gestures, type GestureHandlers } from './gestures'
import { buildGridIndex, nearestPoint, type GridIndex } from './gridIndex'
import { extentOf, type Frame, inFrame, normalisePositions } from './normalise'
import { packPalette, sampleRamp, scalarCodes, SCALAR_STEPS } from './palette'
import { pointsInPolygon, thinnedPolygon } from './polygon'
import { Surface } from './surface'
import {
  VISIBLE,
  type Camera,
  type Point,
  type RendererKind,
  type ScatterEngine,
  type ScatterEvents,
  type ScatterOptions,
  type ScatterTheme,
  type Size,
  type Tool,
} from './types'
import { View } from './view'

const PICK_RADIUS = 8
const LASSO_DETAIL = 2

export function createScatter(canvas: HTMLCanvasElement, options: ScatterOptions): ScatterEngine {
  return new Scatter(canvas, options)
}

class Scatter implements ScatterEngine {
  private readonly emitter = new Emitter<ScatterEvents>()
  private readonly loop = new DrawLoop((limit) => this.draw(limit))
  private readonly surface: Surface
  private readonly view: View
  private readonly gestures: Gestures
  private theme: ScatterTheme
  private pointSize: number
  private restOpacity: number
  private xy: Float32Array = new Float32Array(0)
  private frame: Frame = { centreX: 0, centreY: 0, scale: 1 }
  private index: GridIndex = buildGridIndex(this.xy)
  private state: Uint8Array = new Uint8Array(0)
  private hovered: number | null = null
  private blend = 1

  constructor(canvas: HTMLCanvasElement, options: ScatterOptions) {
    this.theme = options.theme
    this.pointSize = options.pointSize ?? 2
    this.restOpacity = options.restOpacity ?? 0.45
    this.surface = new Surface(canvas, (change) => this.surfaceChanged(change))
    this.view = new View(
      () => this.surface.size,
      () => this.moved(),
    )
    this.gestures = new Gestures(canvas, this.gestureHandlers())
    this.gestures.tool = options.tool ?? 'pan'
    this.surface.watch()
  }

  get rendererKind(): RendererKind {
    return this.surface.renderer.kind
  }

  get pointCount(): number {
    return this.state.length
  }

  get drawnCount(): number {
    return Math.min(this.pointCount, this.surface.renderer.capacity)
  }

  setPositions(x: Float32Array, y: Float32Array): void {
    const { xy, frame, halfWidth, halfHeight } = normalisePositions(x, y)
    this.xy = xy
    this.frame = frame
    this.index = buildGridIndex(xy)
    this.state = new Uint8Array(x.length).fill(VISIBLE)
    this.hovered = null
    this.blend = 1
    const { renderer } = this.surface
    renderer.setPoints(xy, drawOrder(this.index.items))
    renderer.setCodes(new Uint16Array(x.length))
    renderer.setState(this.state)
    this.view.setContent(halfWidth, halfHeight)
    this.loop.schedule()
  }

  setOrigin(origin: { x: Float32Array; y: Float32Array } | null): void {
    if (origin) this.expectLength('origins', origin.x.length)
    this.surface.renderer.setOrigin(origin && inFrame(origin.x, origin.y, this.frame))
    this.loop.schedule()
  }

  setBlend(blend: number): void {
    this.blend = blend
    this.loop.move()
  }

  setCategory(codes: Uint8Array | Uint16Array, palette: readonly string[]): void {
    this.expectLength('codes', codes.length)
    this.surface.renderer.setPalette(packPalette(palette))
    this.surface.renderer.setCodes(codes)
    this.loop.schedule()
  }

  setScalar(
    values: Float32Array | Float64Array,
    ramp: readonly string[],
    domain: readonly [number, number],
  ): void {
    this.setCategory(scalarCodes(values, domain), [...sampleRamp(ramp, SCALAR_STEPS), this.theme.noLabel])
  }

  setState(state: Uint8Array): void {
    this.expectLength('state', state.length)
    this.state = state
    this.surface.renderer.setState(state)
    this.loop.schedule()
  }

  setHovered(index: number | null): void {
    if (this.hovered === index) return
    this.hovered = index
    this.loop.schedule()
  }

  setTheme(theme: ScatterTheme): void {
    this.theme = theme
    this.loop.schedule()
  }

  setPointSize(radius: number): void {
    this.pointSize = radius
    this.loop.schedule()
  }

  setRestOpacity(opacity: number): void {
    this.restOpacity = opacity
    this.loop.schedule()
  }

  setTool(tool: Tool): void {
    this.gestures.tool = tool
  }

  cancelLasso(): boolean {
    return this.gestures.cancelLasso()
  }

  fit(): void {
    this.view.fit()
  }

  zoomTo(points: Uint32Array): void {
    this.view.zoomTo(extentOf(this.xy, points))
  }

  zoomBy(factor: number): void {
    const { width, height } = this.surface.size
    this.view.zoomAbout(width / 2, height / 2, factor)
  }

  panBy(dx: number, dy: number): void {
    this.view.panBy(dx, dy)
  }

  getCamera(): Camera {
    return this.view.camera
  }

  setCamera(camera: Camera): void {
    this.view.set(camera)
  }

  getSize(): Size {
    return this.surface.size
  }

  dataToScreen(x: number, y: number): Point {
    const { centreX, centreY, scale } = this.frame
    return this.view.toScreen((x - centreX) * scale, (y - centreY) * scale)
  }

  worldToScreen(x: number, y: number): Point {
    return this.view.toScreen(x, y)
  }

  worldToData(polygon: Float32Array): [number, number][] {
    const { centreX, centreY, scale } = this.frame
    return Array.from({ length: polygon.length / 2 }, (_, k) => [
      polygon[2 * k] / scale + centreX,
      polygon[2 * k + 1] / scale + centreY,
    ])
  }

  setPanning(isPanning: boolean): void {
    this.gestures.isPanning = isPanning
  }

  pick(px: number, py: number, radius = PICK_RADIUS): number | null {
    if (this.blend < 1) return null
    const { x, y } = this.view.toWorld(px, py)
    return nearestPoint(this.index, x, y, this.view.pixels(radius), this.isVisible)
  }

  lasso(polygon: Float32Array): Uint32Array {
    if (this.blend < 1) return new Uint32Array(0)
    return pointsInPolygon(this.index, this.view.polygonToWorld(polygon), this.isVisible)
  }

  on<K extends keyof ScatterEvents>(event: K, handler: (payload: ScatterEvents[K]) => void): () => void {
    return this.emitter.on(event, handler)
  }

  toPNG(): Promise<Blob> {
    // The drawing buffer is only sure to hold the picture until this turn of the event loop ends.
    this.draw(Infinity)
    return new Promise((resolve, reject) =>
      this.surface.canvas.toBlob((blob) =>
        blob ? resolve(blob) : reject(new Error('The map gave no picture')),
      ),
    )
  }

  destroy(): void {
    this.loop.stop()
    this.gestures.destroy()
    this.emitter.clear()
    this.surface.destroy()
  }

  private readonly isVisible = (point: number): boolean => (this.state[point] & VISIBLE) !== 0

  private gestureHandlers(): GestureHandlers {
    return {
      pan: (dx, dy) => this.view.panBy(dx, dy),
      zoom: (px, py, factor) => this.view.zoomAbout(px, py, factor),
      hover: (px, py) =>
        this.emitter.emit('hover', { index: px === null ? null : this.pick(px, py), x: px ?? 0, y: py }),
      click: (px, py, modifiers) =>
        this.emitter.emit('click', { index: this.pick(px, py), x: px, y: py, modifiers }),
      lassoing: (polygon, mode) =>
        this.emitter.emit('lassoing', { polygon: polygon && Float32Array.from(polygon), mode }),
      lasso: (drawn, mode) => {
        const polygon = thinnedPolygon(drawn, LASSO_DETAIL)
        // A hand that trembled draws no area.
        if (polygon.length < 6) return this.emitter.emit('lassoing', { polygon: null, mode })
        const indices = this.lasso(polygon)
        this.emitter.emit('lasso', { polygon: this.view.polygonToWorld(polygon), indices, mode })
      },
    }
  }

  private surfaceChanged(change: 'size' | 'lost' | 'restored'): void {
    if (change === 'size') this.view.resized()
    else this.emitter.emit('surface', { isReady: change === 'restored' })
    this.loop.schedule()
  }

  private moved(): void {
    this.loop.move()
    const { camera, size, isFitted } = this.view
    this.emitter.emit('camera', { camera, size, isFitted })
  }

  private draw(limit: number): void {
    if (!this.surface.isReady) return
    const { size, pixelRatio, renderer } = this.surface
    const { theme, pointSize: radius, restOpacity, hovered, blend } = this
    const { camera, fittedCamera } = this.view
    const opacity = densityOpacity(this.pointCount, radius, size, camera, fittedCamera)
    renderer.draw({ camera, size, pixelRatio, theme, radius, opacity, restOpacity, limit, hovered, blend })
  }

  private expectLength(what: string, length: number): void {
    if (length !== this.pointCount) {
      throw new RangeError(`${length} ${what} for ${this.pointCount} points`)
    }
  }
}
