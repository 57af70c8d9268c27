/**
 * Row numbers as a roaring bitmap in the portable serialisation that every roaring library reads
 * (RoaringFormatSpec, without run containers): cookie, container count, (key, cardinality − 1) pairs,
 * byte offsets, then the containers: sorted 16-bit values, or a bitmap of 65,536 bits when there are more than 4,096.
 */

const COOKIE_WITHOUT_RUNS = 12346
const ARRAY_LIMIT = 4096
const BITMAP_BYTES = 8192

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
