import { expect, test } from 'vitest'

import {
  allowed,
  defaultsOf,
  type Method,
  type Parameter,
  parameterError,
  presetOf,
  valuesOf,
} from './parameters'

const neighbours: Parameter = {
  name: 'n_neighbors',
  title: 'Neighbours',
  description: '',
  kind: 'integer',
  default: 15,
  minimum: 2,
  maximum: 200,
  choices: null,
  isAdvanced: false,
}
const distance = { ...neighbours, name: 'min_dist', kind: 'number', default: 0.1, minimum: 0, maximum: null }
const metric = { ...neighbours, name: 'metric', kind: 'choice', default: 'cosine', choices: ['cosine'] }
const epochs = { ...neighbours, name: 'n_epochs', default: null }
const umap: Method = {
  name: 'umap',
  title: 'UMAP',
  description: '',
  advice: '',
  available: true,
  unavailableReason: null,
  hasSeed: true,
  parameters: [neighbours, distance, metric, epochs],
  presets: [
    { name: 'balanced', title: 'Balanced', description: '', parameters: {} },
    { name: 'detail', title: 'Detail', description: '', parameters: { min_dist: 0 } },
  ],
  engines: [],
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

test('the preset is known by its values, however they are written', () => {
  const typed = defaultsOf(umap)
  expect(presetOf(umap, typed)?.name).toBe('balanced')
  expect(presetOf(umap, { ...typed, min_dist: '0.0' })?.name).toBe('detail')
  expect(presetOf(umap, { ...typed, n_neighbors: '16' })).toBeUndefined()
})

test('what is on or off is sent as such', () => {
  const supervised = { ...neighbours, name: 'supervised', kind: 'boolean', default: false }
  const method = { ...umap, parameters: [supervised] }
  expect(valuesOf(method, defaultsOf(method))).toEqual({ supervised: false })
  expect(valuesOf(method, { supervised: 'true' })).toEqual({ supervised: true })
})
