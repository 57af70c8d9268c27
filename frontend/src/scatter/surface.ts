/** The canvas as a drawing surface: its size, its pixel ratio, and the renderer that this browser can offer. */

import { CanvasRenderer } from './canvasRenderer'
import type { Renderer } from './renderer'
import type { Size } from './types'
import { WebglRenderer } from './webglRenderer'

const MAX_PIXEL_RATIO = 2

export class Surface {
  readonly renderer: Renderer
  size: Size = { width: 1, height: 1 }
  pixelRatio = 1
  isReady = true
  private readonly observer = new ResizeObserver(() => this.measure())
  private readonly ending = new AbortController()

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly changed: (change: 'size' | 'lost' | 'restored') => void,
  ) {
    this.renderer = createRenderer(canvas)
  }

  /** Starts following the size and fate of the canvas; tells the first size at once. */
  watch(): void {
    const { signal } = this.ending
    this.canvas.addEventListener('webglcontextlost', this.lost, { signal })
    this.canvas.addEventListener('webglcontextrestored', this.restored, { signal })
    this.observer.observe(this.canvas)
    this.measure()
  }

  destroy(): void {
    this.observer.disconnect()
    this.ending.abort()
    this.renderer.destroy()
  }

  private measure(): void {
    const { clientWidth, clientHeight } = this.canvas
    this.size = { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) }
    this.pixelRatio = Math.min(MAX_PIXEL_RATIO, window.devicePixelRatio || 1)
    this.canvas.width = Math.round(this.size.width * this.pixelRatio)
    this.canvas.height = Math.round(this.size.height * this.pixelRatio)
    this.changed('size')
  }

  private readonly lost = (event: Event): void => {
    // Without this the browser never gives the context back.
    event.preventDefault()
    this.isReady = false
    this.changed('lost')
  }

  private readonly restored = (): void => {
    if (this.renderer instanceof WebglRenderer) this.renderer.rebuild()
    this.isReady = true
    this.changed('restored')
  }
}

function createRenderer(canvas: HTMLCanvasElement): Renderer {
  const gl = canvas.getContext('webgl2', {
    alpha: false,
    antialias: false,
    powerPreference: 'high-performance',
  })
  if (gl) return new WebglRenderer(gl)
  const context = canvas.getContext('2d', { alpha: false })
  if (context) return new CanvasRenderer(context)
  throw new Error('This browser offers neither WebGL2 nor a 2-D canvas')
}
