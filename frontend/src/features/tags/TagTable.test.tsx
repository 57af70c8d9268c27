import { act, screen, waitFor } from '@testing-library/react'
import { CombinedError } from '@urql/core'
import { expect, test } from 'vitest'

import { announce } from '@/api/news'
import { aProject } from '@/testing/facts'
import { refusal } from '@/testing/fakeServer'
import { renderScreen } from '@/testing/renderScreen'

import { TagTable } from './TagTable'

const total = 130
const all = Array.from({ length: total }, (_, place) => ({
  id: `t${place}`,
  name: `tag ${place}`,
  datapointCount: place,
  memberships: [{ datapointCount: place, dataset: { id: 'd', name: 'train' } }],
}))

/** Pages of the tags, by a cursor that is a place. */
function TagList({ search, first, after }: Record<string, unknown>) {
  const found = all.filter((tag) => tag.name.includes(String(search ?? '').trim()))
  const start = Number(after ?? 0)
  const end = start + Number(first)
  const edges = found.slice(start, end).map((node) => ({ node }))
  const pageInfo = { hasNextPage: end < found.length, endCursor: String(end) }
  return { tags: { edges, totalCount: found.length, pageInfo } }
}

const server = { TagList, NewestMaps: () => ({ projectionSets: { edges: [] } }) }
/** Without verbs in its rows, so that a hundred of them are drawn quickly. */
const viewed = aProject({ myRole: 'VIEWER' })
const asked = (sent: { name: string; variables: object }[]) => sent.filter(({ name }) => name === 'TagList')

test('a long list is read page by page, and again from its start when it changed', async () => {
  const { user, sent } = await renderScreen(<TagTable project={viewed} />, server)
  expect(await screen.findByText('tag 99')).toBeInTheDocument()
  expect(screen.getByText('130')).toBeVisible()
  expect(screen.queryByText('tag 100')).toBeNull()

  await user.click(screen.getByRole('button', { name: 'Show more tags' }))
  await waitFor(() => expect(asked(sent)).toHaveLength(2))
  expect(asked(sent)[1].variables).toMatchObject({ first: 100, after: '100' })

  await screen.findByText('tag 101')
  // All 130 are there, but only those near sight are drawn.
  expect(screen.queryByText('tag 125')).toBeNull()
  act(() => announce(viewed.id))
  await waitFor(() => expect(asked(sent)).toHaveLength(3))
  expect(asked(sent)[2].variables).toMatchObject({ first: 130, after: null })
})

test('what is typed is searched on the server, and nothing found is said', async () => {
  const { user, sent } = await renderScreen(<TagTable project={viewed} />, server)
  await screen.findByText('tag 1')
  await user.type(screen.getByLabelText('Search tags'), '22')
  expect(await screen.findByText('2 found', {}, { timeout: 5_000 })).toBeVisible()
  expect(asked(sent).at(-1)?.variables).toMatchObject({ search: '22' })
  await user.type(screen.getByLabelText('Search tags'), 'x')
  expect(
    await screen.findByText('None of the tags has “22x” in its name.', {}, { timeout: 5_000 }),
  ).toBeVisible()
})

test('a failed reading can be tried again, an outage keeps what was read', async () => {
  let answer: (variables: Record<string, unknown>) => object = () => refusal('INTERNAL', 'Something broke.')
  const { user, sent } = await renderScreen(<TagTable project={viewed} />, {
    ...server,
    TagList: (variables) => answer(variables),
  })
  expect(await screen.findByText('Something broke.')).toBeVisible()
  answer = TagList
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('tag 1')).toBeVisible()

  answer = () => new CombinedError({ networkError: new Error('refused') })
  const before = asked(sent).length
  act(() => announce(viewed.id))
  await waitFor(() => expect(asked(sent).length).toBeGreaterThan(before))
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)))
  expect(screen.getByText('tag 1')).toBeVisible()
})

test('a viewer sees the tags and makes none', async () => {
  await renderScreen(<TagTable project={aProject({ myRole: 'VIEWER' })} />, server)
  await screen.findByText('tag 1')
  expect(screen.queryByRole('button', { name: 'New tag' })).toBeNull()
  expect(screen.queryByRole('button', { name: /^Actions for/ })).toBeNull()
})
