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
}
const MapChoices = () => ({
  embeddingSets: connection([
    embeddingSet('e1', 'train', 64),
    embeddingSet('e2', 'test', 64),
    embeddingSet('e3', 'other', 128),
  ]),
  projectionMethods: [
    { name: 'umap', title: 'UMAP', description: '', parameters: [neighbours] },
    { name: 'pca', title: 'PCA', description: '', parameters: [] },
  ],
})
const started = () => ({ runProjection: { projectionSet: { id: 'm', name: 'UMAP' }, errors: [] } })

async function openDialog(answers: object) {
  const onClose = vi.fn()
  const screenOf = <NewMapDialog project={aProject()} onClose={onClose} />
  const rendered = await renderScreen(screenOf, { MapChoices, RunProjection: started, ...answers })
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
    parameters: { n_neighbors: 15 },
    seed: 0,
    name: 'First',
    role: null,
  }
  expect(sent.at(-1)).toEqual({ name: 'RunProjection', variables: { input } })
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
  expect(sent.at(-1)?.variables).toMatchObject({ input: { embeddingSetIds: ['e3'], role: 'OBJECT' } })
})
