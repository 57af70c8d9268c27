/**
 * Row numbers as a roaring bitmap in the portable serialisation that every roaring library reads
 * (RoaringFormatSpec; written without run containers): cookie, container count, (key, cardinality − 1) pairs,
 * byte offsets, then the containers: sorted 16-bit values, or a bitmap of 65,536 bits when there are more than 4,096.
 */

const COOKIE_WITHOUT_RUNS = 12346
const ARRAY_LIMIT = 4096
const BITMAP_BYTES = 8192

const COOKIE_WITH_RUNS = 12347
/** With runs, offsets are left out below so many containers. */
const MOST_WITHOUT_OFFSETS = 4

interface Container {
  key: number
  begin: number
  cardinality: number
}

/** `rows` must be ascending without repetition. */
export function serializeRoaring(rows: Uint32Array): Uint8Array<ArrayBuffer> {
  const containers = splitByKey(rows)
  const headerBytes = 8 + 8 * containers.length
  const bytes = new Uint8Array(headerBytes + containers.reduce((sum, each) => sum + byteLength(each), 0))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, COOKIE_WITHOUT_RUNS, true)
  view.setUint32(4, containers.length, true)

  let offset = headerBytes
  containers.forEach((container, k) => {
    view.setUint16(8 + 4 * k, container.key, true)
    view.setUint16(10 + 4 * k, container.cardinality - 1, true)
    view.setUint32(8 + 4 * containers.length + 4 * k, offset, true)
    writeContainer(view, offset, rows.subarray(container.begin, container.begin + container.cardinality))
    offset += byteLength(container)
  })
  return bytes
}

function splitByKey(rows: Uint32Array): Container[] {
  const containers: Container[] = []
  for (let i = 0; i < rows.length; i++) {
    if (i > 0 && rows[i] <= rows[i - 1]) throw new RangeError(`Rows must ascend: ${rows[i - 1]}, ${rows[i]}`)
    const key = rows[i] >>> 16
    const last = containers.at(-1)
    if (last?.key === key) last.cardinality++
    else containers.push({ key, begin: i, cardinality: 1 })
  }
  return containers
}

function byteLength({ cardinality }: Container): number {
  return cardinality > ARRAY_LIMIT ? BITMAP_BYTES : 2 * cardinality
}

function writeContainer(view: DataView, offset: number, rows: Uint32Array): void {
  if (rows.length > ARRAY_LIMIT) {
    for (const row of rows) {
      const at = offset + ((row & 0xffff) >>> 3)
      view.setUint8(at, view.getUint8(at) | (1 << (row & 7)))
    }
  } else {
    rows.forEach((row, k) => view.setUint16(offset + 2 * k, row & 0xffff, true))
  }
}

/** The rows of a bitmap that another roaring library wrote, ascending. */
export function parseRoaring(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { count, isRun, keys, cardinalities, begin } = readHeader(view)
  const rows = new Uint32Array(cardinalities.reduce((sum, each) => sum + each, 0))
  let size = 0
  let offset = begin
  for (let k = 0; k < count; k++) {
    const high = keys[k] * 0x10000
    if (isRun(k)) {
      const runs = view.getUint16(offset, true)
      offset += 2
      for (let run = 0; run < runs; run++, offset += 4) {
        const first = view.getUint16(offset, true)
        const length = view.getUint16(offset + 2, true)
        for (let low = first; low <= first + length; low++) rows[size++] = high + low
      }
    } else if (cardinalities[k] > ARRAY_LIMIT) {
      for (let at = 0; at < BITMAP_BYTES; at++) {
        for (let bits = view.getUint8(offset + at), bit = 0; bits > 0; bits >>= 1, bit++)
          if (bits & 1) rows[size++] = high + 8 * at + bit
      }
      offset += BITMAP_BYTES
    } else {
      for (let i = 0; i < cardinalities[k]; i++, offset += 2)
        rows[size++] = high + view.getUint16(offset, true)
    }
  }
  return rows
}

function readHeader(view: DataView) {
  const word = view.getUint32(0, true)
  const hasRuns = (word & 0xffff) === COOKIE_WITH_RUNS
  if (!hasRuns && word !== COOKIE_WITHOUT_RUNS) throw new RangeError('Not a roaring bitmap')
  const count = hasRuns ? (word >>> 16) + 1 : view.getUint32(4, true)
  const runFlags = 4
  const heads = hasRuns ? runFlags + Math.ceil(count / 8) : 8
  const keys = Array.from({ length: count }, (_, k) => view.getUint16(heads + 4 * k, true))
  const cardinalities = keys.map((_, k) => view.getUint16(heads + 4 * k + 2, true) + 1)
  const hasOffsets = !hasRuns || count >= MOST_WITHOUT_OFFSETS
  const begin = heads + 4 * count + (hasOffsets ? 4 * count : 0)
  const isRun = (k: number) => hasRuns && (view.getUint8(runFlags + (k >> 3)) & (1 << (k & 7))) !== 0
  return { count, isRun, keys, cardinalities, begin }
}
