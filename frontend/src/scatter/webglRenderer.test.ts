import { expect, it } from 'vitest'

import { packPalette } from './palette'
import { WebglRenderer } from './webglRenderer'

/** A graphics context that keeps what was uploaded to each buffer and forgets all when it is lost. */
function recordingContext() {
  const uploads = new Map<unknown, ArrayBufferView>()
  let bound: unknown = null
  let created: unknown[] = []
  const known: Record<string, unknown> = {
    createBuffer: () => created[created.push({}) - 1],
    bindBuffer: (_target: number, buffer: unknown) => (bound = buffer),
    bufferData: (_target: number, data: ArrayBufferView) => uploads.set(bound, data),
    getProgramParameter: () => true,
    getShaderParameter: () => true,
    createShader: () => ({}),
  }
  const gl = new Proxy(known, { get: (target, name: string) => target[name] ?? (() => ({})) })
  const lose = () => {
    uploads.clear()
    created = []
  }
  const [positions, codes, state, origin] = [0, 1, 2, 3].map((k) => () => [
    ...(uploads.get(created[k]) as Uint8Array),
  ])
  return { gl: gl as unknown as WebGL2RenderingContext, lose, positions, codes, state, origin }
}

it('uploads every column in the order in which points are drawn', () => {
  const context = recordingContext()
  const renderer = new WebglRenderer(context.gl)
  renderer.setPoints(Float32Array.of(0, 1, 2, 3, NaN, NaN), Uint32Array.of(2, 0, 1))
  renderer.setCodes(Uint8Array.of(7, 8, 9))
  renderer.setState(Uint8Array.of(1, 3, 5))
  expect(context.positions()).toEqual([1e6, 1e6, 0, 1, 2, 3])
  expect(context.codes()).toEqual([9, 7, 8])
  expect(context.state()).toEqual([5, 1, 3])
})

it('brings everything back after a lost context', () => {
  const context = recordingContext()
  const renderer = new WebglRenderer(context.gl)
  renderer.setPoints(Float32Array.of(0, 0, 1, 1), Uint32Array.of(1, 0))
  renderer.setPalette(packPalette(['#ff0000']))
  renderer.setCodes(Uint16Array.of(300, 2))
  renderer.setState(Uint8Array.of(3, 1))
  context.lose()
  renderer.rebuild()
  expect(context.positions()).toEqual([1, 1, 0, 0])
  expect(context.codes()).toEqual([2, 300])
  expect(context.state()).toEqual([1, 3])
})

it('keeps where points come from in the same order, until there are others', () => {
  const context = recordingContext()
  const renderer = new WebglRenderer(context.gl)
  renderer.setPoints(Float32Array.of(0, 1, 2, 3), Uint32Array.of(1, 0))
  renderer.setOrigin(Float32Array.of(4, 5, NaN, NaN))
  expect(context.origin()).toEqual([1e6, 1e6, 4, 5])
  context.lose()
  renderer.rebuild()
  expect(context.origin()).toEqual([1e6, 1e6, 4, 5])
  renderer.setPoints(Float32Array.of(0, 1), Uint32Array.of(0))
  expect(context.origin()).toEqual([])
})
