/** Where the names of categories stand on the map. */

import { AGREEMENT, type Points } from '../data/points'

export interface PlacedName {
  code: number
  x: number
  y: number
}

/** So many points of a large map are enough for steady medians. */
const SAMPLE = 100_000
const MOST_NAMES = 40

interface Placing {
  points: Points
  codes: Uint8Array | Uint16Array
  failing: Uint8Array
  /** Number of codes. */
  size: number
  /** Only points whose label and inference agree speak for their category, where there are such. */
  onlyAgreeing: boolean
}

/** The shown categories, the largest first, each at the median x and y of its points. */
export function placeNames(placing: Placing): PlacedName[] {
  const agreeing = membersByCode(placing, placing.onlyAgreeing)
  const all = placing.onlyAgreeing ? membersByCode(placing, false) : agreeing
  return all
    .map((members, code) => ({
      code,
      size: members.length,
      members: agreeing[code].length ? agreeing[code] : members,
    }))
    .filter(({ code, size }) => code > 0 && size > 0)
    .sort((a, b) => b.size - a.size)
    .slice(0, MOST_NAMES)
    .map(({ code, members }) => ({
      code,
      x: median(members, placing.points.x),
      y: median(members, placing.points.y),
    }))
}

function membersByCode({ points, codes, failing, size }: Placing, onlyAgreeing: boolean): number[][] {
  const members: number[][] = Array.from({ length: size }, () => [])
  const step = Math.max(1, Math.floor(codes.length / SAMPLE))
  for (let i = 0; i < codes.length; i += step) {
    if (failing[i] !== 0 || (onlyAgreeing && points.agreement[i] !== AGREEMENT.agree)) continue
    members[codes[i]].push(i)
  }
  return members
}

function median(members: readonly number[], values: Float32Array): number {
  const sorted = Float32Array.from(members, (i) => values[i]).sort()
  return sorted[sorted.length >> 1]
}
