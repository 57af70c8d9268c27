/** Lighter and darker versions of a colour, still told apart from other hues. */

const REACH = 0.34

/** The k-th of `count` shades: the colour itself first, then by turns lighter and darker. */
export function shaded(colour: string, k: number, count: number): string {
  if (k === 0 || count < 2) return colour
  const steps = Math.ceil((count - 1) / 2)
  const strength = (REACH * Math.ceil(k / 2)) / steps
  const target = k % 2 === 1 ? 255 : 0
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
  return `#${parts.map((part) => hex(part + (target - part) * strength)).join('')}`
}

function hex(part: number): string {
  return Math.round(part).toString(16).padStart(2, '0')
}
