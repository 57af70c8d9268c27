import { expect, test } from 'vitest'

import { allowed, defaultsOf, type Method, type Parameter, parameterError, valuesOf } from './parameters'

const neighbours: Parameter = {
  name: 'n_neighbors',
  title: 'Neighbours',
  description: '',
  kind: 'integer',
  default: 15,
  minimum: 2,
  maximum: 200,
  choices: null,
}
const distance = { ...neighbours, name: 'min_dist', kind: 'number', default: 0.1, minimum: 0, maximum: null }
const metric = { ...neighbours, name: 'metric', kind: 'choice', default: 'cosine', choices: ['cosine'] }
const epochs = { ...neighbours, name: 'n_epochs', default: null }
const umap: Method = {
  name: 'umap',
  title: 'UMAP',
  description: '',
  parameters: [neighbours, distance, metric, epochs],
}

test.each([
  ['15', undefined],
  ['', undefined],
  ['1', 'Allowed: 2 to 200.'],
  ['201', 'Allowed: 2 to 200.'],
  ['2.5', 'Give a whole number.'],
  ['many', 'Give a number.'],
])('%s neighbours: %s', (typed, error) => expect(parameterError(neighbours, typed)).toBe(error))

test('an open bound is said as such', () => {
  expect(allowed(distance)).toBe('Allowed: 0 or more.')
})

test('values are sent as numbers and words, and what is left empty is left out', () => {
  const typed = { ...defaultsOf(umap), n_neighbors: ' 30 ' }
  expect(valuesOf(umap, typed)).toEqual({ n_neighbors: 30, min_dist: 0.1, metric: 'cosine' })
})
