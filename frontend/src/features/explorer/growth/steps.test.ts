import { expect, test } from 'vitest'

import { stepOf, stepsOf } from './steps'

const states = (method: string, present: number) => stepsOf(method, present).map(({ state }) => state)

test('what is behind is ticked off, what comes waits', () => {
  const present = stepOf('umap', 'Building the graph', 0)
  expect(stepsOf('umap', present)[present].title).toBe('Building the graph')
  expect(states('umap', present)).toEqual(['done', 'done', 'now', 'waiting', 'waiting', 'waiting'])
})

test('while a job waits nothing has begun', () => {
  expect(new Set(states('umap', -1))).toEqual(new Set(['waiting']))
})

test('a phase that no list knows belongs to the step that was reached', () => {
  expect(stepOf('tsne', 'Loading openTSNE', 1)).toBe(1)
  expect(stepOf('umap', '', 3)).toBe(3)
})

test('storing is the end of measuring', () => {
  expect(stepOf('pca', 'Storing the map', 1)).toBe(2)
})
