import { expect, test } from 'vitest'

import { OPEN_RING, VISIBLE } from '@/scatter'
import { categoryColours } from '@/theme/palette'
import { colours } from '@/theme/tokens'

import { coloursOf, type Labels } from './colouring'

const growth = {
  number: 1,
  phase: '',
  total: 4,
  source: Uint16Array.of(0, 0, 1, 1),
  row: Uint32Array.of(0, 2, 0, 9),
  x: new Float32Array(4),
  y: new Float32Array(4),
}
const labels: Labels = {
  categories: [
    { id: 5, name: 'cat', colour: 3 },
    { id: 8, name: 'dog', colour: 1 },
  ],
  codes: [Uint16Array.of(1, 0, 2), Uint16Array.of(2)],
  counts: Uint32Array.of(1, 1, 2),
  datasets: ['train', 'test'],
}

test('points have the colours of their labels, and open rings where there are none', () => {
  const { slots, palette, states, legend, title } = coloursOf(growth, labels, 'dark')
  const cat = categoryColours.dark[3]
  const dog = categoryColours.dark[1]
  expect([...slots].map((slot) => palette[slot])).toEqual([cat, dog, dog, colours.noLabel.dark])
  expect([...states]).toEqual([VISIBLE, VISIBLE, VISIBLE, VISIBLE | OPEN_RING])
  expect(title).toBe('Label')
  expect(legend.map(({ name, count }) => [name, count])).toEqual([
    ['dog', 2],
    ['cat', 1],
    ['No label', 1],
  ])
})

test('where nothing is labelled the dataset gives the colour', () => {
  const none = { ...labels, codes: [new Uint16Array(3), new Uint16Array(1)], counts: Uint32Array.of(4, 0, 0) }
  const { slots, palette, legend, title } = coloursOf(growth, none, 'light')
  expect([...slots].map((slot) => palette[slot])).toEqual(
    [0, 0, 1, 1].map((source) => categoryColours.light[source]),
  )
  expect(title).toBe('Dataset')
  expect(legend.map(({ name, count }) => [name, count])).toEqual([
    ['train', 2],
    ['test', 2],
  ])
})
