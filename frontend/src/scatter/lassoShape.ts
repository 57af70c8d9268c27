/** What is drawn around points, and what the keys held while drawing mean; the same on Mac, Linux and Windows. */

import type { LassoMode, Modifiers, Point } from './types'

export function modifiersOf(event: MouseEvent): Modifiers {
  return { shift: event.shiftKey, alt: event.altKey, control: event.ctrlKey || event.metaKey }
}

/** Alt, Ctrl or ⌘ takes away: one of them is free on every system. */
export function lassoMode(event: MouseEvent): LassoMode {
  if (event.altKey || event.ctrlKey || event.metaKey) return 'subtract'
  return event.shiftKey ? 'add' : 'replace'
}

/** Between two corners, as a polygon. */
export function rectangle(from: Point, to: Point): number[] {
  return [from.x, from.y, to.x, from.y, to.x, to.y, from.x, to.y]
}
