import { describe, expect, it } from 'vitest'

import { fromSearch, toSearch, validateSearch } from './address'
import type { SharedView } from './viewState'

describe('the view in the address', () => {
  it('comes back as it was', () => {
    const view: SharedView = {
      colourBy: 'score:7:quality',
      filters: {
        label: { kind: 'without', values: ['12', 'none'] },
        dataset: { kind: 'only', values: ['3f2c-77'] },
        tag: { kind: 'only', values: [] },
        'confidence:m': { kind: 'range', low: 0.35, high: null, missing: false },
        'metadata:a_b.c': { kind: 'range', low: -1.5, high: 2e-7, missing: true },
        'metadata:text': { kind: 'only', values: ['one, two', '50~60!', ''] },
      },
      modelId: 'm',
      order: { by: 'metadata:a_b.c', descending: true },
      sliceId: 's',
      camera: { x: 0.25, y: -0.5, zoom: 3 },
    }
    expect(fromSearch(validateSearch({ ...toSearch(view) }))).toEqual(view)
  })

  it('says nothing about what is as usual', () => {
    const search = toSearch({ colourBy: 'label', filters: {}, camera: null, modelId: null, sliceId: null })
    expect(Object.values(search).every((value) => value === undefined)).toBe(true)
  })

  it('reads the addresses that other pages link to', () => {
    expect(fromSearch({ show: 'tag.only.3f2c-77' }).filters).toEqual({
      tag: { kind: 'only', values: ['3f2c-77'] },
    })
  })

  it('leaves out what it cannot read', () => {
    const search = validateSearch({ colour: 7, show: 'label.maybe.1_x_label_day.range.9~1', at: '1~2' })
    expect(fromSearch(search)).toEqual({ filters: {} })
    expect(validateSearch({ colour: 7, at: ['1'] })).toEqual({})
  })
})
