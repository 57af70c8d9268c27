/** The camera over one canvas. Until someone moves it, it keeps the whole map in sight when the canvas changes size. */

import {
  fitCamera,
  isSameCamera,
  panned,
  pixelsPerUnit,
  screenToWorld,
  worldToScreen,
  zoomedAbout,
} from './camera'
import type { Box } from './normalise'
import type { Camera, Point, Size } from './types'

const CLOSEST_HALF = 0.05

export class View {
  camera: Camera = { x: 0, y: 0, zoom: 1 }
  isFitted = true
  private half = { width: 0, height: 0 }

  constructor(
    private readonly getSize: () => Size,
    private readonly moved: () => void,
  ) {}

  get size(): Size {
    return this.getSize()
  }

  get fittedCamera(): Camera {
    return fitCamera(this.size, this.half.width, this.half.height)
  }

  setContent(halfWidth: number, halfHeight: number): void {
    this.half = { width: halfWidth, height: halfHeight }
    if (this.isFitted) this.fit()
  }

  fit(): void {
    this.isFitted = true
    this.moveTo(this.fittedCamera)
  }

  set(camera: Camera): void {
    this.isFitted = false
    this.moveTo(camera)
  }

  /** Shows a box of the world, never closer than a twentieth of the map: a single point keeps its surroundings. */
  zoomTo(box: Box | null): void {
    if (!box) return
    const half = (low: number, high: number) => Math.max((high - low) / 2, CLOSEST_HALF)
    const camera = fitCamera(this.size, half(box.minX, box.maxX), half(box.minY, box.maxY))
    this.set({ ...camera, x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 })
  }

  zoomAbout(px: number, py: number, factor: number): void {
    this.set(zoomedAbout(this.camera, this.size, px, py, factor))
  }

  panBy(dx: number, dy: number): void {
    this.set(panned(this.camera, this.size, dx, dy))
  }

  resized(): void {
    if (this.isFitted) this.camera = this.fittedCamera
    this.moved()
  }

  toScreen(x: number, y: number): Point {
    return worldToScreen(this.camera, this.size, x, y)
  }

  toWorld(px: number, py: number): Point {
    return screenToWorld(this.camera, this.size, px, py)
  }

  polygonToWorld(screen: Float32Array): Float32Array {
    const world = new Float32Array(screen.length)
    for (let i = 0; i < screen.length; i += 2) {
      const { x, y } = this.toWorld(screen[i], screen[i + 1])
      world[i] = x
      world[i + 1] = y
    }
    return world
  }

  /** A length of screen pixels in world units. */
  pixels(length: number): number {
    return length / pixelsPerUnit(this.camera, this.size)
  }

  private moveTo(camera: Camera): void {
    if (isSameCamera(camera, this.camera)) return
    this.camera = camera
    this.moved()
  }
}
