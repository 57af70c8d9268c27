import { expect, it } from 'vitest'

import { agreementOf, emptyPoints } from '../data/points'
import { placeNames } from './placeNames'

const points = emptyPoints(6)
points.x = Float32Array.of(1, 2, 3, 50, 10, 11)
points.y = Float32Array.of(1, 1, 1, 50, 20, 20)
points.label = Uint16Array.of(1, 1, 1, 1, 2, 2)
points.inference = Uint16Array.of(1, 1, 1, 2, 1, 1)
points.agreement = agreementOf(points.label, points.inference)
const placing = { points, codes: points.label, failing: new Uint32Array(6), size: 3, onlyAgreeing: true }

it('names stand at the median of the agreeing points, the largest category first', () => {
  expect(placeNames(placing)[0]).toEqual({ code: 1, x: 2, y: 1 })
})

it('a category that nobody agrees on stands at the median of all its points', () => {
  expect(placeNames(placing)[1]).toEqual({ code: 2, x: 11, y: 20 })
})

it('a category that is filtered out has no name', () => {
  const failing = Uint32Array.of(0, 0, 0, 0, 1, 1)
  expect(placeNames({ ...placing, failing }).map(({ code }) => code)).toEqual([1])
})
