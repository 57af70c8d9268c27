import { expect, it } from 'vitest'

import { layoutOf, placeAfter } from './gridLayout'

it('fills the width with tiles, and names those that are large enough', () => {
  const small = layoutOf('S', false, 336)
  expect(small.columns).toBe(6)
  expect(small.tile * 6 + 5 * 6).toBeLessThanOrEqual(336)
  expect(small.hasCaption).toBe(false)
  expect(layoutOf('M', false, 336)).toMatchObject({ columns: 4, hasCaption: true })
  expect(layoutOf('S', true, 336).columns).toBe(1)
})

it('goes along rows and columns and stays inside the list', () => {
  expect(placeAfter('ArrowRight', 0, 3, 8)).toBe(1)
  expect(placeAfter('ArrowDown', 1, 3, 8)).toBe(4)
  expect(placeAfter('ArrowDown', 6, 3, 8)).toBe(6)
  expect(placeAfter('ArrowUp', 1, 3, 8)).toBe(1)
  expect(placeAfter('ArrowLeft', 0, 3, 8)).toBe(0)
  expect(placeAfter('End', 2, 3, 8)).toBe(7)
  expect(placeAfter('x', 2, 3, 8)).toBeNull()
})
