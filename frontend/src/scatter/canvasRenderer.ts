/** Draws an even sample of the points on a plain canvas, where WebGL2 is missing. */

import { worldToScreen } from './camera'
import { parseHex, PALETTE_WIDTH } from './palette'
import { MARKS, stateKinds, type Frame, type Renderer } from './renderer'
import { GONE, OPEN_RING, SELECTED, VISIBLE } from './types'

const SAMPLE = 50_000

export class CanvasRenderer implements Renderer {
  readonly kind = 'canvas2d'
  readonly capacity = SAMPLE
  private xy: Float32Array = new Float32Array(0)
  private origin: Float32Array | null = null
  private order: Uint32Array = new Uint32Array(0)
  private codes: Uint8Array | Uint16Array = new Uint16Array(0)
  private state: Uint8Array = new Uint8Array(0)
  private texels: Uint8Array = new Uint8Array(4 * PALETTE_WIDTH)

  constructor(private readonly context: CanvasRenderingContext2D) {}

  setPoints(xy: Float32Array, order: Uint32Array): void {
    this.xy = xy
    this.order = order
    this.origin = null
  }

  setOrigin(xy: Float32Array | null): void {
    this.origin = xy
  }

  setCodes(codes: Uint8Array | Uint16Array): void {
    this.codes = codes
  }

  setState(state: Uint8Array): void {
    this.state = state
  }

  setPalette(texels: Uint8Array): void {
    this.texels = texels
  }

  draw(frame: Frame): void {
    const { context } = this
    const { pixelRatio, size, theme } = frame
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
    context.globalAlpha = 1
    context.fillStyle = theme.plot
    context.fillRect(0, 0, size.width, size.height)
    const { hasFilteredOut, hasSelected } = stateKinds(this.state)
    const opacity = frame.opacity * (hasSelected ? frame.restOpacity : 1)
    if (hasFilteredOut) this.drawFilteredOut(frame)
    this.drawPoints(frame, VISIBLE, frame.radius, opacity)
    if (hasSelected) this.drawPoints(frame, VISIBLE | SELECTED, frame.radius * MARKS.selectedFactor, 1)
    if (frame.hovered !== null) this.drawHovered(frame, frame.hovered)
  }

  destroy(): void {}

  private drawFilteredOut(frame: Frame): void {
    const [red, green, blue] = parseHex(frame.theme.noLabel)
    const colour = `rgb(${red} ${green} ${blue} / ${MARKS.filteredOutOpacity})`
    const radius = frame.radius * MARKS.filteredOutFactor
    this.eachOnScreen(frame, (point, x, y) => {
      if ((this.state[point] & (VISIBLE | GONE)) === 0) this.disc(x, y, radius, colour)
    })
  }

  private drawPoints(frame: Frame, wanted: number, radius: number, opacity: number): void {
    this.context.globalAlpha = opacity
    this.eachOnScreen(frame, (point, x, y) => {
      if ((this.state[point] & (VISIBLE | SELECTED)) !== wanted) return
      if (this.state[point] & OPEN_RING) this.ring(x, y, radius, this.colourOf(point), 1)
      else this.disc(x, y, radius, this.colourOf(point))
    })
    this.context.globalAlpha = 1
  }

  private drawHovered(frame: Frame, point: number): void {
    const { x, y } = worldToScreen(frame.camera, frame.size, this.xy[2 * point], this.xy[2 * point + 1])
    this.disc(x, y, MARKS.hoverHalo, frame.theme.plot)
    this.disc(x, y, MARKS.hoverDot, this.colourOf(point))
    this.ring(x, y, MARKS.hoverRing, frame.theme.text, 1.6)
  }

  private eachOnScreen(frame: Frame, visit: (point: number, x: number, y: number) => void): void {
    const count = Math.min(SAMPLE, frame.limit, this.order.length)
    const { width, height } = frame.size
    const scale = (frame.camera.zoom * Math.min(width, height)) / 2
    for (let k = 0; k < count; k++) {
      const point = this.order[k]
      const x = width / 2 + (this.place(2 * point, frame.blend) - frame.camera.x) * scale
      const y = height / 2 - (this.place(2 * point + 1, frame.blend) - frame.camera.y) * scale
      if (x > -9 && y > -9 && x < width + 9 && y < height + 9) visit(point, x, y)
    }
  }

  /** A coordinate on the way from the origin; points that come from nowhere appear half-way. */
  private place(at: number, blend: number): number {
    if (!this.origin || blend >= 1) return this.xy[at]
    const from = this.origin[at]
    if (from !== from) return blend < 0.5 ? NaN : this.xy[at]
    return from + (this.xy[at] - from) * blend
  }

  private colourOf(point: number): string {
    const at = 4 * Math.min(this.codes[point], PALETTE_WIDTH - 1)
    return `rgb(${this.texels[at]} ${this.texels[at + 1]} ${this.texels[at + 2]})`
  }

  private disc(x: number, y: number, radius: number, colour: string): void {
    this.context.fillStyle = colour
    this.context.beginPath()
    this.context.arc(x, y, radius, 0, 2 * Math.PI)
    this.context.fill()
  }

  private ring(x: number, y: number, radius: number, colour: string, width: number): void {
    this.context.strokeStyle = colour
    this.context.lineWidth = width
    this.context.beginPath()
    this.context.arc(x, y, radius - width / 2, 0, 2 * Math.PI)
    this.context.stroke()
  }
}
