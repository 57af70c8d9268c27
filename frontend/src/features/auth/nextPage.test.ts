import { expect, test } from 'vitest'

import { isOnlyForStaff, nextPage } from './nextPage'

test('a path of this server is kept', () => {
  expect(nextPage('/admin/jobs/?state=failed')).toBe('/admin/jobs/?state=failed')
})

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', undefined, 7])(
  'anything else leads to the projects: %s',
  (next) => expect(nextPage(next)).toBe('/'),
)

test('the administration is for staff alone', () => {
  expect(isOnlyForStaff('/admin/')).toBe(true)
  expect(isOnlyForStaff('/administrators')).toBe(false)
})
