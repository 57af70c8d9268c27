/** How chosen points change the selection that was there; the same keys everywhere. */

export type SelectMode = 'replace' | 'add' | 'intersect' | 'subtract'

interface Modifiers {
  shiftKey: boolean
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
}

/** Shift adds, Alt (Option) keeps what both have, Ctrl or ⌘ takes away. */
export function modeOf({ shiftKey, altKey, ctrlKey, metaKey }: Modifiers): SelectMode {
  if (ctrlKey || metaKey) return 'subtract'
  if (altKey) return 'intersect'
  return shiftKey ? 'add' : 'replace'
}

/** The points selected afterwards, one flag each. */
export function combine(before: Uint8Array, points: Uint32Array, mode: SelectMode): Uint8Array {
  if (mode === 'replace' || mode === 'intersect') {
    const after = new Uint8Array(before.length)
    for (const point of points) after[point] = mode === 'replace' ? 1 : before[point]
    return after
  }
  const after = before.slice()
  const value = mode === 'add' ? 1 : 0
  for (const point of points) after[point] = value
  return after
}

/** The flagged points, ascending. */
export function flagged(flags: Uint8Array): Uint32Array {
  const found = new Uint32Array(flags.length)
  let size = 0
  for (let i = 0; i < flags.length; i++) if (flags[i]) found[size++] = i
  return found.slice(0, size)
}
