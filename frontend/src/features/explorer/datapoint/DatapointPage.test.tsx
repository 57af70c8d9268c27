import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import { aProject } from '@/testing/facts'
import { connection } from '@/testing/fakeServer'
import { renderScreen } from '@/testing/renderScreen'

import { DatapointPage } from './DatapointPage'

const categories = [
  { id: '1', name: 'cat', colour: 0 },
  { id: '2', name: 'dog', colour: 1 },
]
const alice = { id: 'u1', username: 'alice' }
const trainedModel = { id: 'm', version: '1', modelArchitecture: { id: 'a', name: 'cnn' } }

function aDatapoint(changes: object = {}) {
  return {
    id: 'd:4',
    row: 4,
    key: 'pets-004',
    role: 'CONTEXT',
    region: null,
    objectCount: 0,
    thumbnailUrl: null,
    sourceModel: null,
    dataset: { id: 'd', name: 'train' },
    parent: null,
    resource: {
      id: 'r',
      kind: 'TEXT',
      text: 'It barks.',
      mediaType: '',
      size: 9,
      url: null,
      thumbnailUrl: null,
    },
    label: categories[0],
    loggedLabel: categories[0],
    inferences: [
      {
        inferenceSet: { id: 'i', trainedModel },
        category: categories[1],
        confidence: 0.9,
        probabilities: null,
      },
    ],
    scores: [
      {
        scoreSet: {
          id: 's',
          title: 'Class quality',
          direction: 'LOW_IS_BAD',
          unit: '%',
          low: 0,
          high: 100,
          analysis: { id: 'q', name: 'Quality' },
        },
        value: 12.5,
        text: null,
      },
    ],
    metadata: [{ name: 'day', value: 3 }],
    tags: [{ id: 't', name: 'check' }],
    embeddings: [],
    labelChanges: connection([]),
    comments: connection([
      { id: 'c1', text: 'Mine', at: '2026-11-02T10:00:00Z', author: alice },
      { id: 'c2', text: 'His', at: '2026-11-02T11:00:00Z', author: { id: 'u2', username: 'bob' } },
    ]),
    ...changes,
  }
}

function answers(known: object = aDatapoint()) {
  return {
    Datapoint: () => ({ datapoint: known }),
    Me: () => ({ me: { ...alice, isStaff: false } }),
    ProjectWords: () => ({ categories: connection(categories), tags: connection([]) }),
    SetLabel: () => ({ setLabel: { changedCount: 1, actionId: 'x', job: null, errors: [] } }),
    EditComment: () => ({ editComment: { comment: { id: 'c1', text: 'Better' }, errors: [] } }),
    DeleteComment: () => ({ deleteComment: { deletedId: 'c1', errors: [] } }),
  }
}

const page = (project = aProject()) => (
  <DatapointPage project={project} datapointId="d:4" onShow={() => undefined} breadcrumb={null} />
)

test('label against inference, scores with their direction, text and metadata are told', async () => {
  await renderScreen(page(), answers())
  const verdict = within(await screen.findByRole('region', { name: 'Label and inference' }))
  expect(verdict.getByText('cat')).toBeVisible()
  expect(verdict.getByText('dog')).toBeVisible()
  expect(verdict.getByText('Disagree')).toBeVisible()
  expect(screen.getByText('It barks.')).toBeVisible()
  expect(screen.getByText('12.5 %')).toHaveTextContent('low is bad')
  expect(screen.getByText('check')).toBeVisible()
})

test('A sets the label to the inference, for this datapoint alone', async () => {
  const fetch = vi.spyOn(window, 'fetch').mockResolvedValue(Response.json({ id: 'sel' }, { status: 201 }))
  const { user, sent } = await renderScreen(page(), answers())
  await screen.findByTestId('accept-inference')
  await user.keyboard('a')
  await vi.waitFor(() => expect(sent.map(({ name }) => name)).toContain('SetLabel'))
  const { variables } = sent.find(({ name }) => name === 'SetLabel')!
  expect(variables).toEqual({ input: { selectionId: 'sel', categoryName: 'dog', why: '' } })
  expect(fetch).toHaveBeenCalledOnce()
})

test('keys are letters while a comment is typed', async () => {
  const { user, sent } = await renderScreen(page(), answers())
  await user.type(await screen.findByLabelText('Add a comment'), 'a tee')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(sent.map(({ name }) => name)).not.toContain('SetLabel')
})

test('one edits and deletes one’s own comments, and nobody else’s', async () => {
  const { user, sent } = await renderScreen(page(), answers())
  await screen.findByText('His')
  expect(await screen.findAllByRole('button', { name: 'Edit your comment' })).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: 'Edit your comment' }))
  const field = screen.getByLabelText('Your comment')
  await user.clear(field)
  await user.type(field, 'Better')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(sent.find(({ name }) => name === 'EditComment')?.variables).toEqual({
    input: { id: 'c1', text: 'Better' },
  })
  await user.click(await screen.findByRole('button', { name: 'Delete your comment' }))
  expect(sent.find(({ name }) => name === 'DeleteComment')?.variables).toEqual({ input: { id: 'c1' } })
})

test('a viewer reads and has no verbs', async () => {
  await renderScreen(page(aProject({ myRole: 'VIEWER' })), answers())
  await screen.findByText('It barks.')
  for (const name of [/Change/, /Add tag/, /Set label/]) {
    expect(screen.queryByRole('button', { name })).toBeNull()
  }
  expect(screen.queryByLabelText('Add a comment')).toBeNull()
})

test('an address that the server may not follow is shown, not fetched', async () => {
  const resource = {
    id: 'r',
    kind: 'URI',
    text: 's3://bucket/4.tif',
    mediaType: '',
    size: 0,
    url: null,
    thumbnailUrl: null,
  }
  await renderScreen(page(), answers(aDatapoint({ resource })))
  expect((await screen.findAllByText('s3://bucket/4.tif'))[0]).toBeVisible()
  expect(screen.queryByRole('img')).toBeNull()
})
