/** Where the points of a map lie on another version of it. */

export interface Places {
  x: Float32Array
  y: Float32Array
}

export interface Members {
  /** Code of the dataset, the same on both versions. */
  dataset: Uint16Array
  row: Uint32Array
}

/** For each point the place that its datapoint has there; NaN where it has none. */
export function originsOf(points: Members, there: Members & Places): Places {
  const byDataset = new Map<number, Int32Array>()
  const lengths = new Map<number, number>()
  for (let k = 0; k < there.row.length; k++) {
    const code = there.dataset[k]
    const row = there.row[k]
    if (row >= (lengths.get(code) ?? 0)) lengths.set(code, row + 1)
  }
  for (const [code, length] of lengths) byDataset.set(code, new Int32Array(length).fill(-1))
  for (let k = 0; k < there.row.length; k++) byDataset.get(there.dataset[k])![there.row[k]] = k

  const count = points.row.length
  const origins = { x: new Float32Array(count).fill(NaN), y: new Float32Array(count).fill(NaN) }
  for (let k = 0; k < count; k++) {
    const place = byDataset.get(points.dataset[k])?.[points.row[k]] ?? -1
    if (place < 0) continue
    origins.x[k] = there.x[place]
    origins.y[k] = there.y[place]
  }
  return origins
}
