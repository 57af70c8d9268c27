import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import { aProject } from '@/testing/facts'
import { connection } from '@/testing/fakeServer'
import { renderScreen } from '@/testing/renderScreen'

import { NewMapDialog } from './NewMapDialog'

function embeddingSet(id: string, dataset: string, dimension: number) {
  const trainedModel = { id: 't', version: '1', modelArchitecture: { id: 'a', name: 'cnn' } }
  const layer = { id: `l${dimension}`, name: `fc${dimension}`, layerSet: { id: 's', trainedModel } }
  const counts = { embeddingCount: 100, contextCount: 100, objectCount: dimension === 128 ? 40 : 0 }
  return { id, dimension, ...counts, dataset: { id: dataset, name: dataset }, layer }
}
const neighbours = {
  name: 'n_neighbors',
  title: 'Neighbours',
  description: '',
  kind: 'integer',
  default: 15,
  minimum: 2,
  maximum: 200,
  choices: null,
  isAdvanced: false,
}
const supervised = { ...neighbours, name: 'supervised', title: 'Use labels', kind: 'boolean', default: false }
const engine = {
  ...neighbours,
  name: 'engine',
  title: 'Engine',
  kind: 'choice',
  default: 'chroma',
  choices: ['chroma', 'cuml'],
  isAdvanced: true,
}
const presets = [
  { name: 'balanced', title: 'Balanced', description: 'Right for most data.', parameters: {} },
  { name: 'fine', title: 'Fine detail', description: 'Small groups.', parameters: { n_neighbors: 7 } },
]
const engines = [
  { name: 'chroma', title: 'Chroma', description: '', available: true, unavailableReason: null },
  { name: 'cuml', title: 'cuML', description: '', available: false, unavailableReason: 'No GPU.' },
]
const there = { description: '', advice: '', available: true, unavailableReason: null, hasSeed: true }
const estimate = {
  count: 200,
  seconds: 5,
  bytes: 4e8,
  text: 'about 5 seconds',
  warning: null,
  needsConfirmation: false,
}
const ProjectionEstimate = () => ({ projectionEstimate: estimate })
const MapChoices = () => ({
  embeddingSets: connection([
    embeddingSet('e1', 'train', 64),
    embeddingSet('e2', 'test', 64),
    embeddingSet('e3', 'other', 128),
  ]),
  projectionMethods: [
    {
      ...there,
      name: 'umap',
      title: 'UMAP',
      description: 'Keeps near vectors near.',
      parameters: [neighbours, supervised, engine],
      presets,
      engines,
    },
    {
      ...there,
      name: 'tsne',
      title: 't-SNE',
      available: false,
      unavailableReason: 'Install it.',
      parameters: [],
      presets: [],
      engines: [],
    },
    { ...there, name: 'pca', title: 'PCA', hasSeed: false, parameters: [], presets: [], engines: [] },
  ],
})
const started = () => ({ runProjection: { projectionSet: { id: 'm', name: 'UMAP' }, errors: [] } })

const isRun = ({ name }: { name: string }) => name === 'RunProjection'

async function openDialog(answers: object) {
  const onClose = vi.fn()
  const screenOf = <NewMapDialog project={aProject()} onClose={onClose} />
  const rendered = await renderScreen(screenOf, {
    MapChoices,
    ProjectionEstimate,
    RunProjection: started,
    ...answers,
  })
  const dialog = within(await screen.findByRole('dialog'))
  await dialog.findByLabelText('Neighbours')
  return { ...rendered, dialog, onClose }
}

test('it starts with one layer in all datasets that have it, and another dimension cannot be added', async () => {
  const { dialog } = await openDialog({})
  expect(dialog.getByRole('checkbox', { name: /^train/ })).toBeChecked()
  expect(dialog.getByRole('checkbox', { name: /^test/ })).toBeChecked()
  expect(dialog.getByRole('checkbox', { name: /^other/ })).toBeDisabled()
})

test('a parameter out of bounds is said at its field and not sent', async () => {
  const { user, dialog } = await openDialog({})
  await user.clear(dialog.getByLabelText('Neighbours'))
  await user.type(dialog.getByLabelText('Neighbours'), '500')
  expect(dialog.getByText('Allowed: 2 to 200.')).toBeVisible()
  expect(dialog.getByRole('button', { name: 'Make map' })).toBeDisabled()
})

test('what was chosen is sent and the dialog closes', async () => {
  const { user, dialog, sent, onClose } = await openDialog({})
  await user.click(dialog.getByRole('checkbox', { name: /^test/ }))
  await user.type(dialog.getByLabelText('Name (optional)'), 'First')
  await user.click(dialog.getByRole('button', { name: 'Make map' }))
  const input = {
    embeddingSetIds: ['e1'],
    method: 'umap',
    parameters: { n_neighbors: 15, supervised: false, engine: 'chroma' },
    seed: 0,
    name: 'First',
    role: null,
  }
  expect(sent.findLast(isRun)).toEqual({ name: 'RunProjection', variables: { input } })
  expect(onClose).toHaveBeenCalled()
})

test('a refusal of the server is said at the parameter it names', async () => {
  const errors = [{ code: 'BAD_USER_INPUT', field: 'n_neighbors', message: 'Only 10 datapoints: at most 9.' }]
  const { user, dialog, onClose } = await openDialog({
    RunProjection: () => ({ runProjection: { projectionSet: null, errors } }),
  })
  await user.click(dialog.getByRole('button', { name: 'Make map' }))
  expect(await dialog.findByText('Only 10 datapoints: at most 9.')).toBeVisible()
  expect(dialog.getByLabelText('Neighbours')).toBeInvalid()
  expect(onClose).not.toHaveBeenCalled()
})

test('where embeddings are of contexts and of objects, one chooses which of them go on the map', async () => {
  const { user, dialog, sent } = await openDialog({})
  expect(dialog.queryByLabelText('On the map')).toBeNull()
  await user.click(dialog.getByRole('checkbox', { name: /^train/ }))
  await user.click(dialog.getByRole('checkbox', { name: /^test/ }))
  await user.click(dialog.getByRole('checkbox', { name: /^other/ }))
  await user.selectOptions(dialog.getByLabelText('On the map'), 'objects alone')
  await user.click(dialog.getByRole('button', { name: 'Make map' }))
  expect(sent.findLast(isRun)?.variables).toMatchObject({
    input: { embeddingSetIds: ['e3'], role: 'OBJECT' },
  })
})

test('a preset fills in its parameters, and a method that is missing says why', async () => {
  const { user, dialog, sent } = await openDialog({})
  expect(dialog.getByText(/Keeps near vectors near/)).toBeVisible()
  expect(dialog.getByRole('radio', { name: 't-SNE' })).toBeDisabled()
  expect(dialog.getByText('t-SNE cannot be used here. Install it.')).toBeVisible()
  await user.click(dialog.getByRole('switch', { name: /Use labels/ }))
  expect(dialog.getByText(/no evidence that the categories can be told apart/)).toBeVisible()
  await user.click(dialog.getByRole('button', { name: 'Fine detail' }))
  expect(dialog.getByLabelText('Neighbours')).toHaveValue('7')
  expect(dialog.getByRole('option', { name: 'cuML', hidden: true })).toBeDisabled()
  await user.click(dialog.getByRole('button', { name: 'Make map' }))
  const parameters = { n_neighbors: 7, supervised: true, engine: 'chroma' }
  expect(sent.findLast(isRun)?.variables).toMatchObject({ input: { parameters, seed: 0 } })
})

test('a method without chance takes no seed', async () => {
  const { user, dialog, sent } = await openDialog({})
  await user.click(dialog.getByRole('radio', { name: 'PCA' }))
  await user.click(dialog.getByRole('button', { name: 'Make map' }))
  expect(sent.findLast(isRun)?.variables).toMatchObject({
    input: { method: 'pca', parameters: {}, seed: null },
  })
})

test('the time it takes is said, and a run of hours wants a confirmation', async () => {
  const long = {
    ...estimate,
    text: 'about 2 hours',
    warning: 'This takes about 2 hours.',
    needsConfirmation: true,
  }
  const answer = ({ method }: Record<string, unknown>) => ({
    projectionEstimate: method === 'pca' ? estimate : long,
  })
  const { user, dialog } = await openDialog({ ProjectionEstimate: answer })
  expect(await dialog.findByText(/This takes about 2 hours/)).toBeVisible()
  expect(dialog.getByRole('button', { name: 'Make map' })).toBeDisabled()
  await user.click(dialog.getByRole('checkbox', { name: 'Make it all the same' }))
  expect(dialog.getByRole('button', { name: 'Make map' })).toBeEnabled()
  await user.click(dialog.getByRole('radio', { name: 'PCA' }))
  expect(await dialog.findByText(/Takes about 5 seconds: 200 datapoints/)).toBeVisible()
})
