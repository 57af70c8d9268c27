import { describe, expect, it } from 'vitest'

import { type Box, boxAt, describeBox, shownBoxes, worstFirst } from './boxes'

function aBox(changes: Partial<Box>): Box {
  return {
    id: 'd:1',
    region: [0, 0, 1, 1],
    kind: 'label',
    categoryId: '1',
    name: 'RBC',
    confidence: null,
    status: null,
    ...changes,
  }
}

describe('the box under the pointer', () => {
  const boxes = [
    aBox({ id: 'inner', region: [0.4, 0.4, 0.2, 0.2] }),
    aBox({ id: 'outer', region: [0.2, 0.2, 0.6, 0.6] }),
  ]
  it('is the smallest around it, whatever the order', () => {
    expect(boxAt(boxes, 0.5, 0.5)?.id).toBe('inner')
    expect(boxAt([...boxes].reverse(), 0.5, 0.5)?.id).toBe('inner')
    expect(boxAt(boxes, 0.3, 0.3)?.id).toBe('outer')
  })
  it('is none beside all of them', () => {
    expect(boxAt(boxes, 0.1, 0.5)).toBeNull()
  })
})

it('shows labels, inferences or both, and inferences that are sure enough', () => {
  const boxes = [
    aBox({ id: 'label' }),
    aBox({ id: 'sure', kind: 'inference', confidence: 0.9 }),
    aBox({ id: 'unsure', kind: 'inference', confidence: 0.3 }),
  ]
  const ids = (labels: boolean, inferences: boolean, confidence = 0) =>
    shownBoxes(boxes, { labels, inferences, confidence }).map(({ id }) => id)
  expect(ids(true, false)).toEqual(['label'])
  expect(ids(false, true)).toEqual(['sure', 'unsure'])
  expect(ids(true, true, 0.5)).toEqual(['label', 'sure'])
})

it('says in words what was missed and what is spurious', () => {
  expect(describeBox(aBox({ status: 'missed' }))).toBe('RBC, missed')
  expect(describeBox(aBox({ kind: 'inference', confidence: 0.871, status: 'spurious' }))).toBe(
    'RBC 0.87, spurious',
  )
  expect(describeBox(aBox({ status: 'matched' }))).toBe('RBC')
})

it('lists those that deserve a look first', () => {
  const boxes = [aBox({ id: 'a', status: 'matched' }), aBox({ id: 'b', status: 'missed' }), aBox({ id: 'c' })]
  expect(worstFirst(boxes).map(({ id }) => id)).toEqual(['b', 'a', 'c'])
})
