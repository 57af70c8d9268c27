import { describe, expect, it } from 'vitest'

import { eachValue, gatherCategories, gatherNumbers } from './gather'
import { AGREEMENT, agreementOf } from './points'

const members = { dataset: Uint16Array.of(2, 1, 1, 2), row: Uint32Array.of(0, 2, 0, 9) }

describe('gathering a dataset column through the members of a map', () => {
  it('gives every point of the dataset the code of its own row and leaves the others alone', () => {
    const column = { value: Int32Array.of(70, 71, 72), present: Uint8Array.of(1, 1, 1) }
    const codeOf = new Map([
      [70, 1],
      [71, 2],
    ])
    const codes = gatherCategories(Uint16Array.of(9, 9, 9, 9), members, 1, column, codeOf)
    expect([...codes]).toEqual([9, 0, 1, 9])
  })

  it('has no number where the row has none, and none past the end of the column', () => {
    const column = { value: Float32Array.of(0.5, 0.25), present: Uint8Array.of(1, 0) }
    expect([...gatherNumbers(new Float32Array(4), members, 2, column)]).toEqual([0.5, 0, 0, NaN])
  })

  it('forgets what was there when the column is gone', () => {
    expect([...gatherNumbers(new Float32Array(4), members, 1, null)]).toEqual([0, NaN, NaN, 0])
  })

  it('reads the columns of several datasets at once, and nothing where a dataset has none', () => {
    const column = { value: ['x', 'y', 'z'], present: Uint8Array.of(1, 0, 1) }
    const found: (string | null)[] = []
    eachValue(members, new Map([[1, column]]), (point, value) => (found[point] = value))
    expect(found).toEqual([null, 'z', 'x', null])
  })
})

it('agreement tells a difference from a missing label or inference', () => {
  const agreement = agreementOf(Uint16Array.of(1, 1, 0, 2), Uint16Array.of(1, 2, 1, 0))
  const { agree, disagree, noLabel, noInference } = AGREEMENT
  expect([...agreement]).toEqual([agree, disagree, noLabel, noInference])
})
