/** Camera arithmetic: pure functions between screen pixels (y down) and world units (y up). */

import type { Camera, Point, Size } from './types'

const FIT_MARGIN = 0.92
const ZOOM_LIMITS = { min: 0.2, max: 2000 }

/** Screen pixels for one world unit. */
export function pixelsPerUnit(camera: Camera, size: Size): number {
  return (camera.zoom * Math.min(size.width, size.height)) / 2
}

export function worldToScreen(camera: Camera, size: Size, x: number, y: number): Point {
  const scale = pixelsPerUnit(camera, size)
  return { x: size.width / 2 + (x - camera.x) * scale, y: size.height / 2 - (y - camera.y) * scale }
}

export function screenToWorld(camera: Camera, size: Size, px: number, py: number): Point {
  const scale = pixelsPerUnit(camera, size)
  return { x: camera.x + (px - size.width / 2) / scale, y: camera.y - (py - size.height / 2) / scale }
}

/** The camera that shows a box of the given half extents around the origin. */
export function fitCamera(size: Size, halfWidth: number, halfHeight: number): Camera {
  const shorter = Math.min(size.width, size.height) || 1
  const zoomFor = (pixels: number, half: number) => (half > 0 ? pixels / shorter / half : Infinity)
  const zoom = Math.min(zoomFor(size.width, halfWidth), zoomFor(size.height, halfHeight))
  return { x: 0, y: 0, zoom: clampZoom(FIT_MARGIN * (Number.isFinite(zoom) ? zoom : 1)) }
}

export function panned(camera: Camera, size: Size, dx: number, dy: number): Camera {
  const scale = pixelsPerUnit(camera, size)
  return { ...camera, x: camera.x - dx / scale, y: camera.y + dy / scale }
}

/** Zoom so that the world point under (px, py) stays under it. */
export function zoomedAbout(camera: Camera, size: Size, px: number, py: number, factor: number): Camera {
  const anchor = screenToWorld(camera, size, px, py)
  const zoom = clampZoom(camera.zoom * factor)
  const kept = camera.zoom / zoom
  return { x: anchor.x + (camera.x - anchor.x) * kept, y: anchor.y + (camera.y - anchor.y) * kept, zoom }
}

export function isSameCamera(a: Camera, b: Camera): boolean {
  return a.x === b.x && a.y === b.y && a.zoom === b.zoom
}

function clampZoom(zoom: number): number {
  return Math.min(ZOOM_LIMITS.max, Math.max(ZOOM_LIMITS.min, zoom))
}
