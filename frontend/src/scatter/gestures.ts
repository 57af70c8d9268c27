/** Turns pointer and wheel events on the canvas into what they mean: pan, zoom, hover, click, lasso. */

import { lassoMode, modifiersOf, rectangle } from './lassoShape'
import type { LassoMode, Modifiers, Tool } from './types'

const CLICK_SLOP = 4
const LASSO_STEP = 3

export interface GestureHandlers {
  pan(dx: number, dy: number): void
  zoom(px: number, py: number, factor: number): void
  hover(px: number | null, py: number): void
  click(px: number, py: number, modifiers: Modifiers): void
  lassoing(polygon: number[] | null, mode: LassoMode): void
  lasso(polygon: number[], mode: LassoMode): void
}

interface Pressed {
  x: number
  y: number
}

export class Gestures {
  tool: Tool = 'pan'
  /** Dragging moves the map, whatever the tool. */
  isPanning = false
  private readonly pressed = new Map<number, Pressed>()
  private start: Pressed | null = null
  private hasMoved = false
  private polygon: number[] | null = null
  private mode: LassoMode = 'replace'
  private readonly ending = new AbortController()

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly handlers: GestureHandlers,
  ) {
    canvas.style.touchAction = 'none'
    const listen = <K extends keyof HTMLElementEventMap>(
      type: K,
      handler: (event: HTMLElementEventMap[K]) => void,
    ) => canvas.addEventListener(type, handler, { signal: this.ending.signal, passive: false })
    listen('pointerdown', this.down)
    listen('pointermove', this.move)
    listen('pointerup', this.up)
    listen('pointercancel', this.cancel)
    listen('pointerleave', () => this.pressed.size === 0 && handlers.hover(null, 0))
    listen('wheel', this.wheel)
  }

  /** Gives up a lasso in progress; true if there was one. */
  cancelLasso(): boolean {
    if (!this.polygon) return false
    this.polygon = null
    this.handlers.lassoing(null, this.mode)
    return true
  }

  destroy(): void {
    this.ending.abort()
  }

  private readonly down = (event: PointerEvent): void => {
    const isMiddle = event.button === 1
    if (event.button !== 0 && !isMiddle) return
    const at = this.place(event)
    this.capture(event.pointerId)
    this.pressed.set(event.pointerId, at)
    this.start = at
    this.hasMoved = this.pressed.size > 1
    if (this.pressed.size > 1) {
      this.cancelLasso()
    } else if (!isMiddle && !this.isPanning && (this.tool !== 'pan' || lassoMode(event) !== 'replace')) {
      this.mode = lassoMode(event)
      this.polygon = [at.x, at.y]
    }
    if (isMiddle) event.preventDefault()
  }

  private readonly move = (event: PointerEvent): void => {
    const at = this.place(event)
    const before = this.pressed.get(event.pointerId)
    if (!before) {
      this.handlers.hover(at.x, at.y)
      return
    }
    if (!this.hasMoved && this.start && distance(at, this.start) < CLICK_SLOP) return
    if (!this.hasMoved) this.handlers.hover(null, 0)
    this.hasMoved = true
    if (this.pressed.size > 1) this.pinch(event.pointerId, before, at)
    else if (this.polygon) this.extendLasso(at)
    else this.handlers.pan(at.x - before.x, at.y - before.y)
    this.pressed.set(event.pointerId, at)
  }

  private readonly up = (event: PointerEvent): void => {
    if (!this.pressed.delete(event.pointerId)) return
    const at = this.place(event)
    if (this.pressed.size > 0) return
    const { polygon } = this
    this.polygon = null
    if (event.button === 1) return
    if (!this.hasMoved) this.handlers.click(at.x, at.y, modifiersOf(event))
    else if (polygon) this.handlers.lasso(polygon, this.mode)
  }

  private readonly cancel = (event: PointerEvent): void => {
    this.pressed.delete(event.pointerId)
    this.cancelLasso()
  }

  private readonly wheel = (event: WheelEvent): void => {
    event.preventDefault()
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
    // Browsers report a trackpad pinch as small wheel steps with Ctrl held.
    const speed = event.ctrlKey ? 0.01 : 0.0016
    const { x, y } = this.place(event)
    this.handlers.zoom(x, y, Math.exp(-event.deltaY * lines * speed))
  }

  private extendLasso(at: Pressed): void {
    const polygon = this.polygon!
    if (this.tool === 'rectangle') {
      this.polygon = rectangle(this.start!, at)
      return this.handlers.lassoing(this.polygon, this.mode)
    }
    const last = { x: polygon[polygon.length - 2], y: polygon[polygon.length - 1] }
    if (distance(at, last) < LASSO_STEP) return
    polygon.push(at.x, at.y)
    this.handlers.lassoing(polygon, this.mode)
  }

  private pinch(moving: number, before: Pressed, at: Pressed): void {
    const other = [...this.pressed].find(([id]) => id !== moving)![1]
    const factor = distance(at, other) / Math.max(1, distance(before, other))
    this.handlers.zoom((at.x + other.x) / 2, (at.y + other.y) / 2, factor)
    this.handlers.pan((at.x - before.x) / 2, (at.y - before.y) / 2)
  }

  private place(event: MouseEvent): Pressed {
    const box = this.canvas.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  private capture(pointerId: number): void {
    // A pointer may be gone before its event arrives; the gesture then simply ends at the canvas edge.
    try {
      this.canvas.setPointerCapture(pointerId)
    } catch (error) {
      if (!(error instanceof DOMException)) throw error
    }
  }
}

function distance(a: Pressed, b: Pressed): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
