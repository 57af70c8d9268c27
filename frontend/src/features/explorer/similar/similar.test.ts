import { describe, expect, it } from 'vitest'

import { byDistance, distanceText, type SimilarAnswer } from './similar'

const answer = {
  distances: new Map([
    [3, 0.5],
    [7, 0.1],
    [9, 0.5],
  ]),
} as unknown as SimilarAnswer

describe('the order of what is similar', () => {
  it('has the nearest first, equals by number, and those without a distance last', () => {
    expect([...byDistance(Uint32Array.of(3, 5, 7, 9), answer, false)]).toEqual([7, 3, 9, 5])
  })
  it('turns round, but for those without a distance', () => {
    expect([...byDistance(Uint32Array.of(3, 5, 7, 9), answer, true)]).toEqual([3, 9, 7, 5])
  })
})

describe('the text of a distance', () => {
  it.each([
    [0, '0'],
    [0.0123456, '0.0123'],
    [12.345, '12.3'],
    [0.00001, '1.0e-5'],
  ])('%f is %s', (distance, text) => expect(distanceText(distance)).toBe(text))
})
