/** SHA-256 in hexadecimal. The browser's own is missing on plain http addresses other than localhost. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = globalThis.crypto?.subtle
  return hexadecimal(subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : digest(bytes))
}

const roots = fractions(64, 1 / 3)

/** FIPS 180-4, in plain numbers. */
export function digest(bytes: Uint8Array): Uint8Array {
  const state = fractions(8, 1 / 2)
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0)
  const words = new Uint32Array(64)
  for (let offset = 0; offset < padded.length; offset += 64) {
    for (let place = 0; place < 16; place += 1) words[place] = view.getUint32(offset + 4 * place)
    mix(state, words)
  }
  const result = new DataView(new ArrayBuffer(32))
  state.forEach((word, place) => result.setUint32(4 * place, word))
  return new Uint8Array(result.buffer)
}

function mix(state: Uint32Array, words: Uint32Array) {
  for (let place = 16; place < 64; place += 1) {
    const [early, late] = [words[place - 15], words[place - 2]]
    const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
    const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
    words[place] = words[place - 16] + low + words[place - 7] + high
  }
  let [a, b, c, d, e, f, g, h] = state
  for (let place = 0; place < 64; place += 1) {
    const choice = (e & f) ^ (~e & g)
    const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + roots[place] + words[place]) | 0
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  }
  ;[a, b, c, d, e, f, g, h].forEach((word, place) => (state[place] += word))
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits))
}

/** The first 32 bits of the fractions of roots of the first primes. */
function fractions(count: number, power: number): Uint32Array {
  const primes: number[] = []
  for (let number = 2; primes.length < count; number += 1) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number)
  }
  return Uint32Array.from(primes, (prime) => Math.floor((prime ** power % 1) * 2 ** 32))
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
