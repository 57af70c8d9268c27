import { expect, test } from 'vitest'

import { ruleSentences } from './ruleText'

const names = new Map([
  ['12', 'seven'],
  ['m1', 'cnn 2'],
  ['d1', 'train'],
  ['p1', 'UMAP'],
])

test.each([
  [{ field: 'label', only: ['12', 'none'] }, 'Label is seven or none.'],
  [{ field: 'label', without: ['12'] }, 'Label is not seven.'],
  [{ field: 'inference:m1', only: ['12'] }, 'Inference of cnn 2 is seven.'],
  [{ field: 'agreement:m1', only: ['disagree'] }, 'Label and inference of cnn 2: disagree.'],
  [{ field: 'confidence:gone', range: [null, 0.5] }, 'Confidence of a deleted model is at most 0.5.'],
  [{ field: 'metadata:day', range: [0, 9], missing: true }, 'Metadata day is 0 to 9, or has no value.'],
  [{ field: 'score:a1:class distance', range: [3, null] }, 'Score class distance is 3 or more.'],
  [{ field: 'search', contains: 'stop sign' }, 'Key or text contains “stop sign”.'],
])('a filter is said in words', (filter, text) => {
  expect(ruleSentences({ filters: [filter as never] }, names)).toEqual([text])
})

test('datasets and lassos are said too, a deleted map as such', () => {
  const lasso = { mode: 'replace' as const, polygon: [] }
  const rule = {
    datasets: ['d1'],
    lassos: [
      { ...lasso, map: 'p1' },
      { ...lasso, map: 'gone' },
    ],
  }
  expect(ruleSentences(rule, names)).toEqual([
    'Dataset is train.',
    'Inside a lasso drawn on map UMAP.',
    'Inside a lasso drawn on map that was deleted.',
  ])
})

test('many values are cut short, and a rule without conditions keeps everything', () => {
  const only = Array.from({ length: 12 }, (_, place) => `c${place}`)
  expect(ruleSentences({ filters: [{ field: 'label', only }] }, names)[0]).toMatch(/c7 or 4 more\.$/)
  expect(ruleSentences({}, names)).toEqual(['Every datapoint of the project.'])
})
