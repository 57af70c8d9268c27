// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { Gestures } from './gestures'

const handlers = {
  pan: vi.fn(),
  zoom: vi.fn(),
  hover: vi.fn(),
  click: vi.fn(),
  lassoing: vi.fn(),
  lasso: vi.fn(),
}
let canvas: HTMLCanvasElement
let gestures: Gestures

beforeEach(() => {
  vi.clearAllMocks()
  canvas = document.createElement('canvas')
  canvas.setPointerCapture = vi.fn()
  gestures = new Gestures(canvas, handlers)
})

function point(type: string, x: number, y: number, more: PointerEventInit = {}) {
  canvas.dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, button: 0, pointerId: 1, ...more }))
}

describe('gestures', () => {
  it('a press without a move is a click, however the hand trembles', () => {
    point('pointerdown', 10, 10)
    point('pointermove', 12, 11)
    point('pointerup', 12, 11)
    expect(handlers.click).toHaveBeenCalledWith(12, 11, { shift: false, alt: false, control: false })
    expect(handlers.pan).not.toHaveBeenCalled()
  })

  it('a drag pans by what the hand moved, and is no click', () => {
    point('pointerdown', 10, 10)
    point('pointermove', 30, 10)
    point('pointermove', 35, 12)
    point('pointerup', 35, 12)
    expect(handlers.pan.mock.calls).toEqual([
      [20, 0],
      [5, 2],
    ])
    expect(handlers.click).not.toHaveBeenCalled()
  })

  it.each([
    [{ shiftKey: true }, 'add'],
    [{ altKey: true }, 'subtract'],
    [{ ctrlKey: true }, 'subtract'],
    [{ metaKey: true }, 'subtract'],
  ] as const)('a key and a drag draw a lasso with any tool: %o is %s', (modifier, mode) => {
    point('pointerdown', 0, 0, modifier)
    point('pointermove', 50, 0)
    point('pointermove', 50, 50)
    point('pointerup', 50, 50)
    expect(handlers.lasso).toHaveBeenCalledWith([0, 0, 50, 0, 50, 50], mode)
    expect(handlers.pan).not.toHaveBeenCalled()
  })

  it('the lasso tool needs no key, and can be given up', () => {
    gestures.tool = 'lasso'
    point('pointerdown', 0, 0)
    point('pointermove', 50, 0)
    expect(gestures.cancelLasso()).toBe(true)
    point('pointerup', 50, 0)
    expect(handlers.lasso).not.toHaveBeenCalled()
    expect(handlers.lassoing).toHaveBeenLastCalledWith(null, 'replace')
  })

  it('two fingers moving apart zoom about their middle', () => {
    point('pointerdown', 0, 0)
    point('pointerdown', 100, 0, { pointerId: 2 })
    point('pointermove', 200, 0, { pointerId: 2 })
    expect(handlers.zoom).toHaveBeenCalledWith(100, 0, 2)
    point('pointerup', 200, 0, { pointerId: 2 })
    point('pointerup', 0, 0)
    expect(handlers.click).not.toHaveBeenCalled()
  })

  it('the wheel zooms about the cursor, up is nearer', () => {
    canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: -100, clientX: 7, clientY: 9 }))
    const [x, y, factor] = handlers.zoom.mock.lastCall!
    expect([x, y]).toEqual([7, 9])
    expect(factor).toBeGreaterThan(1)
  })

  it('leaves the canvas alone once it is over', () => {
    gestures.destroy()
    point('pointermove', 5, 5)
    expect(handlers.hover).not.toHaveBeenCalled()
  })
})
