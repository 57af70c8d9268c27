import { describe, expect, it } from 'vitest'

import {
  applyRangeFilter,
  applyTagFilter,
  applyValueFilter,
  countCodes,
  countShown,
  removeBit,
} from './failing'
import { invertFilter, isolateValue, isShown, rangeFilter, toggleValue, withFilter } from './filters'

const values = ['none', 'cat', 'dog'].map((id, code) => ({ id, code, name: id }))
const codes = Uint16Array.of(0, 1, 1, 2, 2, 2)

describe('filters', () => {
  it('hides and shows a value by turns', () => {
    const hidden = toggleValue(undefined, 'cat')
    expect(isShown(hidden, 'cat')).toBe(false)
    expect(isShown(hidden, 'dog')).toBe(true)
    expect(toggleValue(hidden, 'cat')).toBeUndefined()
  })

  it('isolates a value, adds others to it, and shows all again', () => {
    const isolated = isolateValue(undefined, 'cat')
    expect(isShown(isolated, 'dog')).toBe(false)
    expect(isShown(toggleValue(isolated, 'dog'), 'dog')).toBe(true)
    expect(isolateValue(isolated, 'cat')).toBeUndefined()
  })

  it('hides all and shows the other way round', () => {
    const nothing = invertFilter(undefined)
    expect(values.some(({ id }) => isShown(nothing, id))).toBe(false)
    expect(invertFilter(nothing)).toBeUndefined()
    expect(isShown(invertFilter(toggleValue(undefined, 'cat')), 'cat')).toBe(true)
  })

  it('a range that keeps everything is none, and removing one leaves the others', () => {
    expect(rangeFilter({ kind: 'range', low: null, high: null, missing: true })).toBeUndefined()
    const filters = withFilter({ label: { kind: 'only', values: ['cat'] } }, 'day', {
      kind: 'range',
      low: 1,
      high: null,
      missing: false,
    })
    expect(Object.keys(withFilter(filters, 'label', undefined))).toEqual(['day'])
  })
})

describe('counts under filters', () => {
  const scores = Float32Array.of(0.9, 0.1, 0.8, 0.9, 0.2, NaN)
  const range = { kind: 'range', low: 0.5, high: 1, missing: false } as const

  it('count a field without its own filter, and what is shown with all', () => {
    const failing = new Uint32Array(codes.length)
    applyValueFilter(failing, 1, codes, values, toggleValue(undefined, 'dog')!)
    applyRangeFilter(failing, 2, scores, range)
    expect(countShown(failing)).toBe(2)
    expect([...countCodes(codes, 3, failing, 1)]).toEqual([1, 1, 1])
    expect([...countCodes(codes, 3, failing, 2)]).toEqual([1, 2, 0])
  })

  it('keep points without a value where the range says so', () => {
    const failing = new Uint32Array(codes.length)
    applyRangeFilter(failing, 2, scores, { ...range, missing: true })
    expect(countShown(failing)).toBe(4)
  })

  it('forget a filter that was taken away, with the highest bit too', () => {
    const failing = new Uint32Array(codes.length)
    const highest = 1 << 30
    applyValueFilter(failing, highest, codes, values, isolateValue(undefined, 'cat')!)
    applyRangeFilter(failing, 2, scores, range)
    expect(countShown(failing)).toBe(1)
    removeBit(failing, highest)
    removeBit(failing, 2)
    expect(countShown(failing)).toBe(6)
  })

  it('tell any of the tags from none of them, and those without a tag', () => {
    const failing = new Uint32Array(4)
    const members = [Uint32Array.of(0, 1), Uint32Array.of(1, 2)]
    applyTagFilter(failing, 4, members, null, 'only')
    expect([...failing]).toEqual([0, 0, 0, 4])
    applyTagFilter(failing, 4, members, null, 'without')
    expect([...failing]).toEqual([4, 4, 4, 0])
    applyTagFilter(failing, 4, [members[0]], Uint8Array.of(0, 0, 0, 1), 'only')
    expect([...failing]).toEqual([0, 0, 4, 0])
  })
})
