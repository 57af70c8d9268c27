import { expect, it } from 'vitest'

import { assignColours, OTHER } from './categoryColours'

it('categories keep the colour stored on them', () => {
  expect([...assignColours([undefined, 4, 2], [9, 5, 5]).slice(1)]).toEqual([4, 2])
})

it('of two with the same colour the larger keeps it and the other takes a free one', () => {
  expect([...assignColours([undefined, 3, 13, 0], [0, 5, 80, 7]).slice(1)]).toEqual([1, 3, 0])
})

it('of more than ten categories the nine largest keep a colour and the rest share that of Other', () => {
  const stored = [undefined, ...Array.from({ length: 12 }, (_, k) => k)]
  const counts = [0, ...Array.from({ length: 12 }, (_, k) => 100 - k)]
  const assigned = [...assignColours(stored, counts)].slice(1)
  expect(assigned.slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(assigned.slice(9)).toEqual([OTHER, OTHER, OTHER])
})

it('categories without a point on the map take no colour from those that have', () => {
  expect(assignColours([undefined, 1, 1], [0, 0, 4])[2]).toBe(1)
})
