/** Which points are meant by a value, and which are shown. */

import { NONE } from './fields'
import type { Session } from './session'

/** Points with a value that fail nothing but the filter of its own field: as many as stand beside it. */
export function pointsOfValue(session: Session, id: string, value: string): Uint32Array {
  const others = ~session.filtering.bitOf(id)
  const { failing } = session
  const isLeft = (point: number) => (failing[point] & others) === 0
  if (id === 'tag') return tagPoints(session, value).filter(isLeft)
  const field = session.valueField(id)
  const code = field?.values.find((each) => each.id === value)?.code
  if (!field || code === undefined) return new Uint32Array(0)
  return collect(failing.length, (point) => field.codes[point] === code && isLeft(point))
}

export function pointsShown(failing: Uint32Array): Uint32Array {
  return collect(failing.length, (point) => failing[point] === 0)
}

export function collect(count: number, isWanted: (point: number) => boolean): Uint32Array {
  const found = new Uint32Array(count)
  let size = 0
  for (let point = 0; point < count; point++) if (isWanted(point)) found[size++] = point
  return found.slice(0, size)
}

function tagPoints(session: Session, tagId: string): Uint32Array {
  if (tagId !== NONE) return session.tags.members(tagId) ?? new Uint32Array(0)
  const flags = new Uint8Array(session.points.count)
  for (const { id } of session.map.tags) for (const i of session.tags.members(id) ?? []) flags[i] = 1
  return collect(flags.length, (point) => flags[point] === 0)
}
