/** Which palette colour each category gets on this map. */

const PALETTE_SIZE = 10
/** With more categories than colours, the largest keep one and all others share the colour of "Other". */
const NAMED_WHEN_CROWDED = PALETTE_SIZE - 1
export const OTHER = -1

/**
 * For each code (0 is "none" and left out) an index into the palette, or OTHER. A category keeps the colour stored
 * on it; where two of those shown share one, the larger keeps it and the other takes the next that is free.
 */
export function assignColours(
  storedColours: readonly (number | undefined)[],
  counts: ArrayLike<number>,
): Int8Array {
  const assigned = new Int8Array(storedColours.length).fill(OTHER)
  const bySize = storedColours
    .map((_, code) => code)
    .slice(1)
    .filter((code) => counts[code] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b)
  const named = bySize.length > PALETTE_SIZE ? bySize.slice(0, NAMED_WHEN_CROWDED) : bySize
  const taken = new Set<number>()

  const homeless = named.filter((code) => {
    const wanted = (storedColours[code] ?? code - 1) % PALETTE_SIZE
    if (taken.has(wanted)) return true
    taken.add(wanted)
    assigned[code] = wanted
    return false
  })
  const free = Array.from({ length: PALETTE_SIZE }, (_, k) => k).filter((k) => !taken.has(k))
  homeless.forEach((code, k) => (assigned[code] = free[k]))
  return assigned
}
