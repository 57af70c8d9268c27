/** Draws the points with WebGL2. Keeps the CPU arrays, so that a lost context is rebuilt without asking anyone. */

import { parseHex, PALETTE_WIDTH } from './palette'
import { MARKS, stateKinds, type Frame, type Renderer } from './renderer'
import { buildProgram, CODE, ORIGIN, OUTSIDE, PASS, POSITION, STATE, type Uniforms } from './shaders'

const RING = { never: 0, always: 1, byState: 2 }

export class WebglRenderer implements Renderer {
  readonly kind = 'webgl2'
  readonly capacity = Infinity
  private xy: Float32Array = new Float32Array(0)
  private origin: Float32Array | null = null
  private order: Uint32Array = new Uint32Array(0)
  private codes: Uint8Array | Uint16Array = new Uint16Array(0)
  private state: Uint8Array = new Uint8Array(0)
  private texels: Uint8Array = new Uint8Array(4 * PALETTE_WIDTH)
  private hasFilteredOut = false
  private hasSelected = false
  private uniforms!: Uniforms
  private points!: WebGLVertexArrayObject
  private single!: WebGLVertexArrayObject
  private buffers!: { positions: WebGLBuffer; origin: WebGLBuffer; codes: WebGLBuffer; state: WebGLBuffer }
  private palette!: WebGLTexture

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.rebuild()
  }

  /** Creates everything that lives on the GPU: at the start, and again after a lost context. */
  rebuild(): void {
    const { gl } = this
    const { program, uniforms } = buildProgram(gl)
    gl.useProgram(program)
    this.uniforms = uniforms
    this.buffers = {
      positions: gl.createBuffer(),
      codes: gl.createBuffer(),
      state: gl.createBuffer(),
      origin: gl.createBuffer(),
    }
    this.points = gl.createVertexArray()
    this.single = gl.createVertexArray()
    gl.bindVertexArray(this.points)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.positions)
    gl.enableVertexAttribArray(POSITION)
    gl.vertexAttribPointer(POSITION, 2, gl.FLOAT, false, 0, 0)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.codes)
    gl.enableVertexAttribArray(CODE)
    gl.vertexAttribIPointer(CODE, 1, gl.UNSIGNED_SHORT, 0, 0)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.state)
    gl.enableVertexAttribArray(STATE)
    gl.vertexAttribIPointer(STATE, 1, gl.UNSIGNED_BYTE, 0, 0)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers.origin)
    gl.vertexAttribPointer(ORIGIN, 2, gl.FLOAT, false, 0, 0)
    this.palette = gl.createTexture()
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    this.setPalette(this.texels)
    const { origin } = this
    this.setPoints(this.xy, this.order)
    this.setOrigin(origin)
    this.setCodes(this.codes)
    this.setState(this.state)
  }

  setPoints(xy: Float32Array, order: Uint32Array): void {
    this.xy = xy
    this.order = order
    this.upload(this.buffers.positions, this.inDrawOrder(xy), this.gl.STATIC_DRAW)
    this.setOrigin(null)
  }

  setOrigin(xy: Float32Array | null): void {
    const { gl } = this
    this.origin = xy
    gl.bindVertexArray(this.points)
    if (xy) gl.enableVertexAttribArray(ORIGIN)
    else gl.disableVertexAttribArray(ORIGIN)
    this.upload(this.buffers.origin, xy ? this.inDrawOrder(xy) : new Float32Array(0), gl.STATIC_DRAW)
  }

  setCodes(codes: Uint8Array | Uint16Array): void {
    this.codes = codes
    const drawn = new Uint16Array(this.order.length)
    for (let k = 0; k < drawn.length; k++) drawn[k] = codes[this.order[k]]
    this.upload(this.buffers.codes, drawn, this.gl.DYNAMIC_DRAW)
  }

  setState(state: Uint8Array): void {
    this.state = state
    ;({ hasFilteredOut: this.hasFilteredOut, hasSelected: this.hasSelected } = stateKinds(state))
    const drawn = new Uint8Array(this.order.length)
    for (let k = 0; k < drawn.length; k++) drawn[k] = state[this.order[k]]
    this.upload(this.buffers.state, drawn, this.gl.DYNAMIC_DRAW)
  }

  setPalette(texels: Uint8Array): void {
    const { gl } = this
    this.texels = texels
    gl.bindTexture(gl.TEXTURE_2D, this.palette)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, PALETTE_WIDTH, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, texels)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
  }

  draw(frame: Frame): void {
    const { gl, uniforms } = this
    const { camera, size, pixelRatio, theme } = frame
    const scale = camera.zoom * Math.min(size.width, size.height)
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight)
    const [red, green, blue] = unitRgb(theme.plot)
    gl.clearColor(red, green, blue, 1)
    gl.clear(gl.COLOR_BUFFER_BIT)
    gl.uniform2f(uniforms.u_centre, camera.x, camera.y)
    gl.uniform2f(uniforms.u_scale, scale / size.width, scale / size.height)
    gl.uniform1f(uniforms.u_pixelRatio, pixelRatio)
    gl.uniform1f(uniforms.u_blend, this.origin ? frame.blend : 1)
    gl.uniform1i(uniforms.u_ring, RING.byState)
    this.setColour(null)

    gl.bindVertexArray(this.points)
    const count = Math.min(frame.limit, this.order.length)
    if (this.hasFilteredOut) {
      this.setColour(theme.noLabel, MARKS.filteredOutOpacity)
      gl.uniform1i(uniforms.u_ring, RING.never)
      this.drawPass(PASS.filteredOut, frame.radius * MARKS.filteredOutFactor, 1, count)
      gl.uniform1i(uniforms.u_ring, RING.byState)
      this.setColour(null)
    }
    this.drawPass(PASS.plain, frame.radius, frame.opacity * (this.hasSelected ? frame.restOpacity : 1), count)
    // A selection is always drawn whole: it is what the eye follows while the map moves.
    if (this.hasSelected)
      this.drawPass(PASS.selected, frame.radius * MARKS.selectedFactor, 1, this.order.length)
    if (frame.hovered !== null) this.drawHovered(frame, frame.hovered)
  }

  destroy(): void {
    const { gl } = this
    Object.values(this.buffers).forEach((buffer) => gl.deleteBuffer(buffer))
    gl.deleteTexture(this.palette)
    gl.deleteVertexArray(this.points)
    gl.deleteVertexArray(this.single)
  }

  private drawPass(pass: number, radius: number, opacity: number, count: number): void {
    const { gl, uniforms } = this
    gl.uniform1i(uniforms.u_pass, pass)
    gl.uniform1f(uniforms.u_radius, radius)
    gl.uniform1f(uniforms.u_opacity, opacity)
    gl.drawArrays(gl.POINTS, 0, count)
  }

  private drawHovered({ theme }: Frame, point: number): void {
    const { gl, uniforms } = this
    gl.bindVertexArray(this.single)
    gl.vertexAttrib2f(POSITION, this.xy[2 * point], this.xy[2 * point + 1])
    const from = this.origin ?? this.xy
    gl.vertexAttrib2f(ORIGIN, from[2 * point], from[2 * point + 1])
    gl.vertexAttribI4ui(CODE, this.codes[point], 0, 0, 0)
    gl.vertexAttribI4ui(STATE, this.state[point], 0, 0, 0)
    gl.uniform1i(uniforms.u_ring, RING.never)
    this.setColour(theme.plot)
    this.drawPass(PASS.any, MARKS.hoverHalo, 1, 1)
    this.setColour(null)
    this.drawPass(PASS.any, MARKS.hoverDot, 1, 1)
    gl.uniform1i(uniforms.u_ring, RING.always)
    this.setColour(theme.text)
    this.drawPass(PASS.any, MARKS.hoverRing, 1, 1)
  }

  /** One colour for all points of the next pass, or null for that of their codes. */
  private setColour(colour: string | null, opacity = 1): void {
    const [red, green, blue] = colour ? unitRgb(colour) : [0, 0, 0]
    this.gl.uniform4f(this.uniforms.u_colour, red, green, blue, colour ? opacity : 0)
  }

  /** The places in the order in which points are drawn; those that are none lie far outside. */
  private inDrawOrder(xy: Float32Array): Float32Array {
    const { order } = this
    const drawn = new Float32Array(2 * order.length)
    for (let k = 0; k < order.length; k++) {
      const x = xy[2 * order[k]]
      drawn[2 * k] = x === x ? x : OUTSIDE
      drawn[2 * k + 1] = x === x ? xy[2 * order[k] + 1] : OUTSIDE
    }
    return drawn
  }

  private upload(buffer: WebGLBuffer, data: ArrayBufferView, usage: number): void {
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, buffer)
    this.gl.bufferData(this.gl.ARRAY_BUFFER, data, usage)
  }
}

function unitRgb(colour: string): [number, number, number] {
  return parseHex(colour).map((v) => v / 255) as [number, number, number]
}
