import type { Camera, Size } from './types'

const LIMITS = { min: 0.25, max: 0.9 }
/** The share of the screen that the points of a fitted map usually spread over. */
const SPREAD = 0.5

/** Opacity of plain points: crowded marks become translucent, so that depth shows instead of one flat patch. */
export function densityOpacity(
  count: number,
  radius: number,
  size: Size,
  camera: Camera,
  fitted: Camera,
): number {
  const magnified = (camera.zoom / fitted.zoom) ** 2
  const painted = (count / Math.max(1, magnified)) * Math.PI * radius * radius
  const coverage = painted / (size.width * size.height * SPREAD)
  return Math.min(LIMITS.max, Math.max(LIMITS.min, 1.2 / Math.sqrt(Math.max(coverage, 1e-9))))
}
