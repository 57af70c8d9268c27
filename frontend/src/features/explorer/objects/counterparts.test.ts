import { expect, it } from 'vitest'

import { mapFor, newestByRole, type RoleMap } from './counterparts'

function aMap(id: string, contextCount: number, objectCount: number, isFinished = true): RoleMap {
  return { id, name: id, contextCount, objectCount, finishedAt: isFinished ? '2026-11-01' : null }
}
const maps = [
  aMap('running', 0, 9, false),
  aMap('both', 3, 9),
  aMap('new images', 3, 0),
  aMap('old images', 3, 0),
]

it('takes the newest finished map of each kind', () => {
  const newest = newestByRole(maps)
  expect(newest.contexts?.id).toBe('new images')
  expect(newest.both?.id).toBe('both')
  expect(newest.objects).toBeUndefined()
})

it('shows objects on a map of both where none has them alone', () => {
  expect(mapFor('objects', maps)?.id).toBe('both')
  expect(mapFor('objects', [...maps, aMap('cells', 0, 9)])?.id).toBe('cells')
  expect(mapFor('objects', [])).toBeUndefined()
})
