import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'

import { aProject } from '@/testing/facts'
import { connection, refusal } from '@/testing/fakeServer'
import { renderScreen } from '@/testing/renderScreen'

import { DatasetPage } from './DatasetPage'

const trainedModel = { id: 't', version: '2', modelArchitecture: { id: 'a', name: 'cnn' } }
const layer = { id: 'l', name: 'fc2', layerSet: { id: 's', trainedModel } }
const seven = { id: '7', name: 'seven', colour: 3 }
const dataset = {
  id: 'd1',
  name: 'train',
  kind: 'TRAINING',
  createdAt: '2026-11-01T10:00:00Z',
  updatedAt: '2026-11-02T10:00:00Z',
  datapointCount: 5_000,
  objectCount: 0,
  labelledCount: 4_000,
  labelCounts: [{ datapointCount: 3_999, category: seven }],
  metadataFields: [{ id: 'm', name: 'ink', kind: 'NUMBER' }],
  embeddingSets: connection([{ id: 'e', dimension: 64, embeddingCount: 900, layer }]),
  inferenceSets: connection([
    {
      id: 'i',
      inferenceCount: 800,
      hasConfidence: true,
      hasProbabilities: false,
      disagreementCount: 31,
      trainedModel,
    },
  ]),
}
const datapoint = {
  id: 'd1:0',
  row: 0,
  key: 'digit-0',
  objectCount: 0,
  thumbnailUrl: null,
  resource: null,
  label: seven,
  inferences: [{ confidence: 0.6, category: { id: '1', name: 'one', colour: 1 } }],
  tags: [],
  metadata: [{ name: 'ink', value: 0.25 }],
}
const server = {
  DatasetDetail: () => ({ dataset }),
  DatapointPage: ({ search }: Record<string, unknown>) => ({
    datapoints: connection(search ? [] : [datapoint]),
  }),
}

test('the page of a dataset shows what is in it and what was logged of it, and changes its kind', async () => {
  const { user, sent } = await renderScreen(<DatasetPage project={aProject()} datasetId="d1" />, {
    ...server,
    ChangeDatasetKind: () => ({ changeDatasetKind: { dataset: { id: 'd1', kind: 'TEST' }, errors: [] } }),
  })
  expect(await screen.findByText('digit-0')).toBeVisible()
  for (const text of ['3,999', 'ink', '64-d, 900 embeddings', '800 inferences', 'disagrees', 'ink 0.25']) {
    expect(screen.getAllByText(text)[0]).toBeVisible()
  }
  await user.selectOptions(screen.getByLabelText('Kind of train'), 'test')
  expect(sent).toContainEqual({ name: 'ChangeDatasetKind', variables: { input: { id: 'd1', kind: 'TEST' } } })
  await user.type(screen.getByLabelText('Search keys and texts'), 'zebra')
  const none = 'No key or text here contains “zebra”.'
  expect(await screen.findByText(none, {}, { timeout: 10_000 })).toBeVisible()
})

test('a viewer reads the page and changes nothing', async () => {
  await renderScreen(<DatasetPage project={aProject({ myRole: 'VIEWER' })} datasetId="d1" />, server)
  await screen.findByText('digit-0')
  expect(screen.queryByLabelText('Kind of train')).toBeNull()
  expect(screen.queryByRole('button', { name: /^Actions for/ })).toBeNull()
})

test('a dataset that is not there, or not for us, is said to be neither', async () => {
  await renderScreen(<DatasetPage project={aProject()} datasetId="d9" />, {
    ...server,
    DatasetDetail: () => refusal('NOT_FOUND', 'Not found.'),
  })
  expect(await screen.findByText('This dataset is not here')).toBeVisible()
})
