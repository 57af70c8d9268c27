import { describe, expect, it } from 'vitest'

import { fromSearch, toSearch, validateSearch } from './address'
import type { SharedView } from './viewState'

describe('the view in the address', () => {
  it('comes back as it was', () => {
    const view: SharedView = {
      colourBy: 'agreement',
      filters: {
        label: { kind: 'without', values: ['12', 'none'] },
        dataset: { kind: 'only', values: ['3f2c-77'] },
        confidence: [0.35, 1],
      },
      camera: { x: 0.25, y: -0.5, zoom: 3 },
    }
    expect(fromSearch(toSearch(view))).toEqual(view)
  })

  it('says nothing about what is as usual', () => {
    const search = toSearch({ colourBy: 'label', filters: {}, camera: null })
    expect(Object.values(search).every((value) => value === undefined)).toBe(true)
  })

  it('leaves out what it cannot read', () => {
    const search = validateSearch({
      colour: 'mood',
      show: 'label.maybe.1_x_label',
      confidence: '1~0',
      at: '1~2',
    })
    expect(fromSearch(search)).toEqual({ filters: {} })
    expect(validateSearch({ colour: 7, at: ['1'] })).toEqual({})
  })
})
