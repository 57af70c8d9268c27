import { describe, expect, it } from 'vitest'

import { applyConfidenceFilter, applyValueFilter, BIT, countCodes, countShown } from './failing'
import { isolateValue, isShown, toggleValue } from './filters'

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
})

describe('counts under filters', () => {
  it('count a dimension without its own filter, and what is shown with all', () => {
    const failing = new Uint8Array(codes.length)
    applyValueFilter(failing, BIT.label, codes, values, toggleValue(undefined, 'dog'))
    applyConfidenceFilter(failing, Float32Array.of(0.9, 0.1, 0.8, 0.9, 0.2, NaN), [0.5, 1])
    expect(countShown(failing)).toBe(2)
    expect([...countCodes(codes, 3, failing, BIT.label)]).toEqual([1, 1, 1])
    expect([...countCodes(codes, 3, failing, BIT.confidence)]).toEqual([1, 2, 0])
  })

  it('forget a filter that was taken away', () => {
    const failing = new Uint8Array(codes.length)
    applyValueFilter(failing, BIT.label, codes, values, isolateValue(undefined, 'cat'))
    applyValueFilter(failing, BIT.label, codes, values, undefined)
    expect(countShown(failing)).toBe(6)
  })
})
