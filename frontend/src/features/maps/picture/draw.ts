import { categoryColours } from '@/theme/palette'
import { colours, type Theme } from '@/theme/tokens'

import type { ThinnedPoints } from './points'

const margin = 10
const pointSize = 1.6

export interface Picture {
  points: ThinnedPoints
  /** Palette index of each point; -1 where it has no label. */
  codes: Int16Array
}

/** Draws the points once, fitted into the canvas with equal scales. */
export function drawPicture(canvas: HTMLCanvasElement, { points, codes }: Picture, theme: Theme) {
  const context = canvas.getContext('2d')
  if (!context) return
  const ratio = Math.min(2, window.devicePixelRatio || 1)
  const { clientWidth: width, clientHeight: height } = canvas
  canvas.width = width * ratio
  canvas.height = height * ratio
  context.scale(ratio, ratio)
  context.globalAlpha = 0.85

  const place = fit(points, width, height)
  const palette = categoryColours[theme]
  for (let index = 0; index < points.x.length; index += 1) {
    const code = codes[index]
    context.fillStyle = code < 0 ? colours.noLabel[theme] : (palette[code] ?? colours.bar[theme])
    const [x, y] = place(points.x[index], points.y[index])
    context.fillRect(x - pointSize / 2, y - pointSize / 2, pointSize, pointSize)
  }
}

function fit({ x, y }: ThinnedPoints, width: number, height: number) {
  const [left, right] = extent(x)
  const [bottom, top] = extent(y)
  const scale = Math.min(
    (width - 2 * margin) / (right - left || 1),
    (height - 2 * margin) / (top - bottom || 1),
  )
  const centreX = (left + right) / 2
  const centreY = (bottom + top) / 2
  return (px: number, py: number): [number, number] => [
    width / 2 + (px - centreX) * scale,
    height / 2 - (py - centreY) * scale,
  ]
}

function extent(values: Float32Array): [number, number] {
  let least = Infinity
  let most = -Infinity
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return [least, most]
}
