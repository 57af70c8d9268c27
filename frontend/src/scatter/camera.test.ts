import { describe, expect, it } from 'vitest'

import { fitCamera, panned, screenToWorld, worldToScreen, zoomedAbout } from './camera'

const size = { width: 800, height: 600 }

describe('camera', () => {
  it('shows the centre of the world in the middle and y upwards', () => {
    const camera = { x: 0, y: 0, zoom: 1 }
    expect(worldToScreen(camera, size, 0, 0)).toEqual({ x: 400, y: 300 })
    expect(worldToScreen(camera, size, 0, 1).y).toBe(0)
  })

  it('turns screen into world and back without loss', () => {
    const camera = { x: 0.3, y: -0.2, zoom: 7 }
    const world = screenToWorld(camera, size, 123, 456)
    const screen = worldToScreen(camera, size, world.x, world.y)
    expect(screen.x).toBeCloseTo(123, 6)
    expect(screen.y).toBeCloseTo(456, 6)
  })

  it('keeps the point under the cursor in place while zooming', () => {
    const before = { x: 0.1, y: 0.2, zoom: 2 }
    const anchor = screenToWorld(before, size, 700, 50)
    const after = zoomedAbout(before, size, 700, 50, 3)
    expect(after.zoom).toBe(6)
    const moved = worldToScreen(after, size, anchor.x, anchor.y)
    expect(moved.x).toBeCloseTo(700, 6)
    expect(moved.y).toBeCloseTo(50, 6)
  })

  it('never zooms past its limits, and then stands still', () => {
    const camera = zoomedAbout({ x: 0, y: 0, zoom: 2000 }, size, 10, 10, 5)
    expect(camera).toEqual({ x: 0, y: 0, zoom: 2000 })
  })

  it('moves with the hand', () => {
    const camera = panned({ x: 0, y: 0, zoom: 1 }, size, 30, -60)
    expect(camera.x).toBeCloseTo(-0.1)
    expect(camera.y).toBeCloseTo(-0.2)
  })

  it('fits wide, tall and single-point maps inside the canvas', () => {
    for (const [halfWidth, halfHeight] of [
      [1, 0.2],
      [0.2, 1],
      [1, 1],
      [0, 0],
    ]) {
      const camera = fitCamera(size, halfWidth, halfHeight)
      const corner = worldToScreen(camera, size, halfWidth, halfHeight)
      expect(corner.x).toBeLessThanOrEqual(size.width)
      expect(corner.y).toBeGreaterThanOrEqual(0)
      expect(Number.isFinite(camera.zoom)).toBe(true)
    }
  })
})
