// @vitest-environment jsdom
import { type Client, CombinedError } from 'urql'
import { afterEach, expect, it, vi } from 'vitest'

import { emptyPoints } from '../data/points'
import type { Session } from '../state/session'
import { labelPoints, tagPoints } from './edits'

const map = { projectId: 'p1', datasets: [{ id: 'd1' }, { id: 'd2' }] }
const points = emptyPoints(4)
points.dataset = Uint16Array.of(1, 1, 2, 2)
points.row = Uint32Array.of(5, 3, 7, 0)
const session = { map, points } as unknown as Session

/** A server that takes any selection and answers mutations from a list, noting what was asked. */
function server(...answers: object[]) {
  const posted: { datasets: Record<string, string> }[] = []
  const inputs: object[] = []
  vi.stubGlobal('fetch', (_url: string, { body }: { body: string }) => {
    posted.push(JSON.parse(body))
    return Promise.resolve(Response.json({ id: 'chosen' }, { status: 201 }))
  })
  const mutation = (_document: unknown, { input }: { input: object }) => {
    inputs.push(input)
    return { toPromise: () => Promise.resolve(answers.shift()) }
  }
  return { client: { mutation } as unknown as Client, posted, inputs }
}

afterEach(() => vi.unstubAllGlobals())

it('tags a selection sent as one bitmap a dataset, and undoes exactly what changed', async () => {
  const tagged = { tagSelection: { changedCount: 2, undoSelectionId: 'changed', errors: [] } }
  const untagged = { untagSelection: { changedCount: 2, undoSelectionId: null, errors: [] } }
  const { client, posted, inputs } = server({ data: tagged }, { data: untagged })

  const edit = await tagPoints(client, session, Uint32Array.of(0, 1, 2), 'check')
  await edit.undo!()

  expect(edit.changedCount).toBe(2)
  expect(Object.keys(posted[0].datasets)).toEqual(['d1', 'd2'])
  expect(inputs).toEqual([
    { selectionId: 'chosen', name: 'check' },
    { selectionId: 'changed', name: 'check' },
  ])
})

it('sets a label with an action that can be undone', async () => {
  const labelled = { setLabel: { changedCount: 1, actionId: 'a1', job: null, errors: [] } }
  const undone = { undoLabelChange: { changedCount: 1, errors: [] } }
  const { client, inputs } = server({ data: labelled }, { data: undone })

  const edit = await labelPoints(client, session, Uint32Array.of(3), null)
  await edit.undo!()

  expect(inputs).toEqual([{ selectionId: 'chosen', categoryName: null, why: '' }, { actionId: 'a1' }])
})

it('says in the words of the server why an edit was refused', async () => {
  const message = 'Your role is viewer; editor or owner is needed.'
  const refused = { tagSelection: { changedCount: 0, errors: [{ code: 'FORBIDDEN', message }] } }
  const { client } = server({ data: refused })
  await expect(tagPoints(client, session, Uint32Array.of(0), 'x')).rejects.toThrow(message)
})

it('says that the server does not answer', async () => {
  const { client } = server({ error: new CombinedError({ networkError: new Error('gone') }) })
  await expect(labelPoints(client, session, Uint32Array.of(0), '7')).rejects.toThrow('does not answer')
})
