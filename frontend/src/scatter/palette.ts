/** Colours as one row of RGBA texels: changing a palette uploads a few bytes, never the points. */

/** Texture row widths are fixed so that a code addresses its texel directly. */
export const PALETTE_WIDTH = 4096
/** Codes of a scalar: 0 … 254 along the ramp, 255 for no value. */
export const SCALAR_STEPS = 255

export type Rgb = [number, number, number]

export function parseHex(colour: string): Rgb {
  const match = /^#([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(colour.trim())
  if (!match) throw new RangeError(`Not a #rrggbb colour: ${colour}`)
  const digits = match[1].length === 3 ? [...match[1]].map((d) => d + d).join('') : match[1]
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16)) as Rgb
}

/** One texel for each colour; codes past the last colour repeat it. */
export function packPalette(colours: readonly string[]): Uint8Array {
  if (colours.length === 0 || colours.length > PALETTE_WIDTH) {
    throw new RangeError(`A palette has 1 to ${PALETTE_WIDTH} colours, not ${colours.length}`)
  }
  const texels = new Uint8Array(4 * PALETTE_WIDTH)
  for (let code = 0; code < PALETTE_WIDTH; code++) {
    if (code < colours.length) texels.set([...parseHex(colours[code]), 255], 4 * code)
    else texels.copyWithin(4 * code, 4 * (colours.length - 1), 4 * colours.length)
  }
  return texels
}

/** A ramp sampled at `steps` places, as colours for `packPalette`. */
export function sampleRamp(ramp: readonly string[], steps: number): string[] {
  const stops = ramp.map(parseHex)
  return Array.from({ length: steps }, (_, k) => {
    const at = steps > 1 ? (k / (steps - 1)) * (stops.length - 1) : 0
    const low = Math.min(Math.floor(at), Math.max(0, stops.length - 2))
    const high = Math.min(low + 1, stops.length - 1)
    return toHex(stops[low].map((v, c) => v + (stops[high][c] - v) * (at - low)) as Rgb)
  })
}

/** Values as codes along the ramp; NaN gets the last code. */
export function scalarCodes(
  values: Float32Array | Float64Array,
  domain: readonly [number, number],
): Uint8Array {
  const [low, high] = domain
  const scale = high > low ? (SCALAR_STEPS - 1) / (high - low) : 0
  const codes = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    codes[i] =
      value === value ? Math.min(SCALAR_STEPS - 1, Math.max(0, (value - low) * scale + 0.5)) : SCALAR_STEPS
  }
  return codes
}

function toHex(rgb: Rgb): string {
  return `#${rgb.map((v) => Math.round(v).toString(16).padStart(2, '0')).join('')}`
}
