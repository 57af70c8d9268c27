import { expect, test } from 'vitest'

import { choiceError, choicesFor, hasKey, needsLayer, needsModel, suggestedMapping } from './fields'

const column = (name: string, suggestedField: string | null = null) => ({
  name,
  kind: 'text',
  samples: [],
  suggestedField,
})

test('columns start as suggested, and one field is given to one column', () => {
  const columns = [column('id', 'key'), column('uid', 'key'), column('ink', 'metadata:ink'), column('odd')]
  expect(suggestedMapping(columns)).toEqual({ id: 'key', uid: 'skip', ink: 'metadata:ink', odd: 'skip' })
})

test('a field that two columns claim is said at both', () => {
  const chosen = { a: 'label', b: 'label', c: 'skip', d: 'skip' }
  expect(choiceError('a', chosen)).toBe('b is mapped to it, too.')
  expect(choiceError('b', chosen)).toBe('a is mapped to it, too.')
  expect(choiceError('c', chosen)).toBeUndefined()
})

test('inferences need a model, embeddings a layer as well, unless their column names it', () => {
  expect(needsModel({ a: 'key', b: 'inference' })).toBe(true)
  expect(needsLayer({ a: 'key', b: 'inference' })).toBe(false)
  expect(needsLayer({ a: 'embedding' })).toBe(true)
  expect(needsModel({ a: 'inference:cnn 1', b: 'embedding:cnn 1 fc2' })).toBe(false)
  expect(hasKey({ a: 'key' })).toBe(true)
})

test('a suggestion that is not in the list is offered nevertheless', () => {
  const offered = choicesFor(column('i', 'inference:cnn 1')).map(([field]) => field)
  expect(offered).toContain('inference:cnn 1')
  expect(offered).toContain('metadata:i')
})
