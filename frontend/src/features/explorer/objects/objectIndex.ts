/** Which objects lie inside which context of one dataset, by row. */

import type { Column } from '../data/gather'

export class ObjectIndex {
  /** `rows[starts[context] … starts[context + 1]]` are the objects inside. */
  private readonly starts: Uint32Array
  private readonly rows: Uint32Array

  constructor(private readonly parents: Column) {
    const { value, present } = parents
    const starts = new Uint32Array(present.length + 1)
    for (let row = 0; row < present.length; row++) if (present[row]) starts[value[row] + 1]++
    for (let row = 0; row < present.length; row++) starts[row + 1] += starts[row]
    const next = starts.slice()
    const rows = new Uint32Array(starts[present.length])
    for (let row = 0; row < present.length; row++) if (present[row]) rows[next[value[row]]++] = row
    this.starts = starts
    this.rows = rows
  }

  objectsIn(context: number): Uint32Array {
    return this.rows.subarray(this.starts[context], this.starts[context + 1])
  }

  /** The context around an object; null for a context. */
  contextOf(row: number): number | null {
    return this.parents.present[row] ? this.parents.value[row] : null
  }
}

/** Rows of the other role: the objects inside the contexts among `rows`, and the contexts around its objects. */
export function relatedRows(
  index: ObjectIndex,
  rows: Uint32Array,
): { objects: Uint32Array; contexts: Uint32Array } {
  const objects = new Set<number>()
  const contexts = new Set<number>()
  for (const row of rows) {
    const context = index.contextOf(row)
    if (context === null) for (const object of index.objectsIn(row)) objects.add(object)
    else contexts.add(context)
  }
  return { objects: Uint32Array.from(objects).sort(), contexts: Uint32Array.from(contexts).sort() }
}
