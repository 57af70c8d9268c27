/** Values that are only known once read: numbered by how often they occur. */

import { type FieldValue, withNone } from '../state/fields'
import { type Columns, eachValue, type Members } from './gather'

/** Rarer values than so many share one code; a search on the server finds them. */
export const MOST_VALUES = 10_000
/** No text that somebody logs. */
const REST = '\u0000rest'

export function codeTexts(
  members: Members,
  columns: Columns<unknown>,
  none: string,
): { codes: Uint16Array; values: readonly FieldValue[] } {
  const places = new Map<unknown, number>()
  const counts: number[] = []
  const placeOf = new Int32Array(members.row.length).fill(-1)
  eachValue(members, columns, (point, value) => {
    if (value === null) return
    let place = places.get(value)
    if (place === undefined) {
      place = counts.length
      places.set(value, place)
      counts.push(0)
    }
    counts[place]++
    placeOf[point] = place
  })
  const texts = [...places.keys()].map(String)
  const order = counts.map((_, place) => place).sort((a, b) => counts[b] - counts[a] || a - b)
  const listed = order.slice(0, MOST_VALUES)
  const values = withNone(
    none,
    listed.map((place) => ({ id: texts[place], name: texts[place] || 'empty text' })),
  )
  const rest = order.length - listed.length
  if (rest > 0) {
    values.push({ id: REST, code: values.length, name: `${rest} rarer values`, isRest: true })
  }
  const codeOf = new Uint16Array(counts.length).fill(values.length - 1)
  listed.forEach((place, k) => (codeOf[place] = k + 1))
  const codes = new Uint16Array(placeOf.length)
  for (let i = 0; i < codes.length; i++) codes[i] = placeOf[i] < 0 ? 0 : codeOf[placeOf[i]]
  return { codes, values }
}
