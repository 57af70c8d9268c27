/**
 * Dataset columns are indexed by row; a map's points are (dataset, row) pairs in member order. These functions
 * bring the column of one dataset into member order: a copy of `before` with the points of that dataset replaced.
 */

/** A dense dataset column: one value a row, and whether the row has one. */
export interface Column {
  value: ArrayLike<number>
  present: Uint8Array
}

interface Members {
  dataset: Uint16Array
  row: Uint32Array
}

/** Category ids as codes; rows past the end of a column, and ids nobody told us about, have none. */
export function gatherCategories(
  before: Uint16Array,
  members: Members,
  dataset: number,
  column: Column | null,
  codeOf: ReadonlyMap<number, number>,
): Uint16Array {
  const codes = before.slice()
  eachPoint(members, dataset, column, (point, value) => {
    codes[point] = value === null ? 0 : (codeOf.get(value) ?? 0)
  })
  return codes
}

export function gatherNumbers(
  before: Float32Array,
  members: Members,
  dataset: number,
  column: Column | null,
): Float32Array {
  const numbers = before.slice()
  eachPoint(members, dataset, column, (point, value) => {
    numbers[point] = value ?? NaN
  })
  return numbers
}

export function gatherFlags(
  before: Uint8Array,
  members: Members,
  dataset: number,
  column: Column | null,
): Uint8Array {
  const flags = before.slice()
  eachPoint(members, dataset, column, (point, value) => {
    flags[point] = value ? 1 : 0
  })
  return flags
}

function eachPoint(
  members: Members,
  dataset: number,
  column: Column | null,
  visit: (point: number, value: number | null) => void,
): void {
  const { dataset: datasets, row: rows } = members
  for (let point = 0; point < rows.length; point++) {
    if (datasets[point] !== dataset) continue
    const row = rows[point]
    visit(point, column?.present[row] ? column.value[row] : null)
  }
}
