import { expect, it } from 'vitest'

import { AGREEMENT, emptyPoints } from '../data/points'
import { sortedPoints } from './listOrder'

const { agree, disagree } = AGREEMENT
const points = emptyPoints(5)
points.agreement = Uint8Array.of(agree, disagree, agree, disagree, disagree)
points.confidence = Float32Array.of(0.9, 0.6, 0.3, 0.95, NaN)
const all = Uint32Array.of(0, 1, 2, 3, 4)

it('disagreements come first, the surest inference at the top', () => {
  expect([...sortedPoints(all, 'disagreeFirst', points)]).toEqual([3, 1, 4, 0, 2])
})

it('the least confident come first and those without confidence last', () => {
  expect([...sortedPoints(all, 'leastConfident', points)]).toEqual([2, 1, 0, 3, 4])
})

it('map order is left alone', () => {
  expect(sortedPoints(all, 'mapOrder', points)).toBe(all)
})
