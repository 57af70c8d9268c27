import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import { aProject } from '@/testing/facts'
import { connection } from '@/testing/fakeServer'
import { renderScreen } from '@/testing/renderScreen'

import { QualityDialog } from './QualityDialog'

function aSet(id: string, dataset: string, kind: string, layer = 'fc2') {
  const modelArchitecture = { id: 'a', name: 'cnn' }
  const trainedModel = { id: 't', version: '1', trainedOnDataset: { id: 'train' }, modelArchitecture }
  return {
    id,
    dimension: 64,
    embeddingCount: 100,
    dataset: { id: dataset, name: dataset, kind },
    layer: { id: layer, name: layer, layerSet: { id: 's', trainedModel } },
  }
}
const QualityChoices = () => ({
  embeddingSets: connection([
    aSet('e1', 'test', 'TEST'),
    aSet('e2', 'train', 'TRAINING'),
    aSet('e3', 'train', 'TRAINING', 'fc1'),
  ]),
})

async function openDialog(RunClassQuality: () => object) {
  const onClose = vi.fn()
  const rendered = await renderScreen(<QualityDialog project={aProject()} onClose={onClose} />, {
    QualityChoices,
    RunClassQuality,
  })
  const dialog = within(await screen.findByRole('dialog'))
  await dialog.findByLabelText('Reference')
  return { ...rendered, dialog, onClose }
}

test('the reference is what the model was trained on, and only vectors of its layer can be scored', async () => {
  const { user, dialog, sent, onClose } = await openDialog(() => ({
    runClassQuality: { analysis: { id: 'x', name: 'Quality' }, errors: [] },
  }))
  expect(dialog.getByLabelText('Reference')).toHaveValue('e2')
  expect(dialog.getAllByRole('checkbox')).toHaveLength(2)
  await user.click(dialog.getByRole('checkbox', { name: /the reference itself/ }))
  await user.click(dialog.getByRole('button', { name: 'Run' }))
  const input = { referenceEmbeddingSetId: 'e2', targetEmbeddingSetIds: ['e1'], name: null }
  expect(sent.at(-1)).toEqual({ name: 'RunClassQuality', variables: { input } })
  expect(onClose).toHaveBeenCalled()
})

test('without a dataset to score it cannot run', async () => {
  const { user, dialog, sent } = await openDialog(() => ({}))
  for (const box of dialog.getAllByRole('checkbox')) await user.click(box)
  expect(dialog.getByRole('button', { name: 'Run' })).toBeDisabled()
  expect(sent.map(({ name }) => name)).not.toContain('RunClassQuality')
})

test('a refusal is said in the dialog, which stays', async () => {
  const message = 'There are no inferences of cnn 1 in test; log them first.'
  const errors = [{ code: 'BAD_USER_INPUT', field: 'targetEmbeddingSetIds', message }]
  const { user, dialog, onClose } = await openDialog(() => ({ runClassQuality: { analysis: null, errors } }))
  await user.click(dialog.getByRole('button', { name: 'Run' }))
  expect(await dialog.findByText(message)).toBeVisible()
  expect(onClose).not.toHaveBeenCalled()
})
