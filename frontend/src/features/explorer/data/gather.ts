/**
 * Dataset columns are indexed by row; a map's points are (dataset, row) pairs in member order. These functions
 * bring columns into member order.
 */

/** A dense dataset column: one value a row, and whether the row has one. */
export interface Column<Value = number> {
  value: ArrayLike<Value>
  present: Uint8Array
}

export interface Members {
  dataset: Uint16Array
  row: Uint32Array
}

/** By code of the dataset. A dataset without the column is not in it. */
export type Columns<Value = number> = ReadonlyMap<number, Column<Value>>

/** Calls with the value of every point, null where it has none: rows past the end of a column have none either. */
export function eachValue<Value>(
  members: Members,
  columns: Columns<Value>,
  visit: (point: number, value: Value | null) => void,
): void {
  const { dataset: datasets, row: rows } = members
  const byCode: (Column<Value> | undefined)[] = []
  for (const [code, column] of columns) byCode[code] = column
  for (let point = 0; point < rows.length; point++) {
    const column = byCode[datasets[point]]
    const row = rows[point]
    visit(point, column?.present[row] ? column.value[row] : null)
  }
}

/** Category ids as codes; ids nobody told us about have none. `before` with the points of one dataset replaced. */
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
