import { expect, test } from 'vitest'

import { type Finding, matching } from './findings'

const findings: Finding[] = [
  { kind: 'map', id: '1', name: 'PCA of train' },
  { kind: 'dataset', id: '2', name: 'train' },
  { kind: 'tag', id: '3', name: 'check' },
]
const names = (text: string) => matching(findings, text).map(({ name }) => name)

test('names that begin with the words come first', () => {
  expect(names('TRAIN')).toEqual(['train', 'PCA of train'])
})

test('the kind counts as a word', () => {
  expect(names('map train')).toEqual(['PCA of train'])
})

test('nothing typed shows everything, and nonsense nothing', () => {
  expect(names('')).toHaveLength(3)
  expect(names('zebra')).toEqual([])
})
