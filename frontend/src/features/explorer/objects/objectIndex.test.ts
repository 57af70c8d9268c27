import { expect, it } from 'vitest'

import { ObjectIndex, relatedRows } from './objectIndex'

// Rows 0 and 1 are images; 2 and 4 lie in the first, 3 in the second; row 5 is an image without objects.
const index = new ObjectIndex({
  value: [0, 0, 0, 1, 0, 0],
  present: Uint8Array.of(0, 0, 1, 1, 1, 0),
})
const rows = (...each: number[]) => Uint32Array.from(each)

it('finds the objects inside an image, and the image around an object', () => {
  expect([...index.objectsIn(0)]).toEqual([2, 4])
  expect([...index.objectsIn(1)]).toEqual([3])
  expect([...index.objectsIn(5)]).toEqual([])
  expect(index.contextOf(4)).toBe(0)
  expect(index.contextOf(0)).toBeNull()
})

it('goes from images to objects and back, each once and ascending', () => {
  expect([...relatedRows(index, rows(1, 0)).objects]).toEqual([2, 3, 4])
  expect([...relatedRows(index, rows(4, 3, 2)).contexts]).toEqual([0, 1])
  expect(relatedRows(index, rows(5))).toEqual({ objects: rows(), contexts: rows() })
})
