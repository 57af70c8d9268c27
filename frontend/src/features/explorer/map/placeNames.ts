/** Where the names of categories stand on the map. */

import { AGREEMENT, type Points } from '../data/points'

export interface PlacedName {
  code: number
  x: number
  y: number
}

/** So many points of a large map are enough for steady medians. */
const SAMPLE = 40_000
const MOST_NAMES = 40

interface Placing {
  points: Points
  codes: Uint8Array | Uint16Array
  failing: Uint32Array
  /** Number of codes. */
  size: number
  /** Only points whose label and inference agree speak for their category, where there are such. */
  onlyAgreeing: boolean
}

/** The shown categories, the largest first, each at the median x and y of its points. */
export function placeNames(placing: Placing): PlacedName[] {
  const { points } = placing
  return membersByCode(placing)
    .map((members, code) => ({ code, members }))
    .filter(({ code, members }) => code > 0 && members.length > 0)
    .sort((a, b) => b.members.length - a.members.length)
    .slice(0, MOST_NAMES)
    .map(({ code, members }) => {
      const agreeing = members.filter((i) => points.agreement[i] === AGREEMENT.agree)
      const speaking = placing.onlyAgreeing && agreeing.length > 0 ? agreeing : members
      return { code, x: median(speaking, points.x), y: median(speaking, points.y) }
    })
}

function membersByCode({ codes, failing, size }: Placing): number[][] {
  const members: number[][] = Array.from({ length: size }, () => [])
  const step = Math.max(1, Math.floor(codes.length / SAMPLE))
  for (let i = 0; i < codes.length; i += step) if (failing[i] === 0) members[codes[i]].push(i)
  return members
}

function median(members: readonly number[], values: Float32Array): number {
  const sorted = new Float32Array(members.length)
  for (let k = 0; k < sorted.length; k++) sorted[k] = values[members[k]]
  sorted.sort()
  return sorted[sorted.length >> 1]
}
