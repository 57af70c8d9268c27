import { expect, it } from 'vitest'

import { AGREEMENT, emptyPoints } from '../data/points'
import type { FieldInfo, NumberField, ValueField } from './fields'
import { disagreeFirst, firstOrder, sortedPoints } from './listOrder'

const { agree, disagree } = AGREEMENT
const points = emptyPoints(5)
points.agreement = Uint8Array.of(agree, disagree, agree, disagree, disagree)
points.confidence = Float32Array.of(0.9, 0.6, 0.3, 0.95, NaN)
const all = Uint32Array.of(0, 1, 2, 3, 4)
const scores = { id: 's', kind: 'numbers', numbers: points.confidence } as unknown as NumberField
const names = ['none', 'item 10', 'item 9'].map((name, code) => ({ id: name, name, code }))
const named = {
  id: 'n',
  kind: 'values',
  values: names,
  codes: Uint8Array.of(1, 0, 2, 1, 2),
} as unknown as ValueField

const sorted = (by: string, descending: boolean, field?: NumberField | ValueField) => [
  ...sortedPoints(all, { by, descending }, points, field),
]

it('disagreements come first, the surest inference at the top', () => {
  expect([...sortedPoints(all, disagreeFirst, points, undefined)]).toEqual([3, 1, 4, 0, 2])
})

it('numbers come either way round, and those without one last', () => {
  expect(sorted('s', false, scores)).toEqual([2, 1, 0, 3, 4])
  expect(sorted('s', true, scores)).toEqual([3, 0, 1, 2, 4])
})

it('names come in their order, numbers within them by size, and none last', () => {
  expect(sorted('n', false, named)).toEqual([2, 4, 0, 3, 1])
  expect(sorted('n', true, named)).toEqual([0, 3, 2, 4, 1])
})

it('the order of the map is left alone, as is a list whose field is not there yet', () => {
  expect(sorted('logged', false)).toEqual([...all])
  expect(sorted('s', false)).toEqual([...all])
})

it('the end of a score that deserves a look comes first', () => {
  const info = (direction: FieldInfo['direction']) => ({ id: 's', kind: 'numbers', direction }) as FieldInfo
  expect(firstOrder(info('LOW_IS_BAD')).descending).toBe(false)
  expect(firstOrder(info('HIGH_IS_BAD')).descending).toBe(true)
})
