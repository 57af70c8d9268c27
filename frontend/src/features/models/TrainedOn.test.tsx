import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'

import { aProject } from '@/testing/facts'
import { connection } from '@/testing/fakeServer'
import { renderScreen } from '@/testing/renderScreen'

import { TrainedOn } from './TrainedOn'

const model = {
  id: 't1',
  editVersion: 3,
  version: '1',
  trainedOnDataset: { id: 'd1', name: 'train' },
  trainedOnSlice: null,
}
const TrainingChoices = () => ({
  datasets: connection([{ id: 'd1', name: 'train' }]),
  slices: connection([{ id: 's1', name: 'hard' }]),
})

test.each([
  ['hard', { id: 't1', trainedOnDatasetId: null, trainedOnSliceId: 's1', expectedVersion: 3 }],
  ['not said', { id: 't1', trainedOnDatasetId: null, trainedOnSliceId: null, expectedVersion: 3 }],
])('what a model was trained on is changed to %s', async (choice, input) => {
  const { user, sent } = await renderScreen(<TrainedOn project={aProject()} model={model} />, {
    TrainingChoices,
    UpdateTrainedModel: () => ({ updateTrainedModel: { trainedModel: { id: 't1' }, errors: [] } }),
  })
  await user.click(await screen.findByRole('button', { name: 'Say what 1 was trained on' }))
  const dialog = within(await screen.findByRole('dialog'))
  await dialog.findByRole('option', { name: 'hard' })
  await user.selectOptions(dialog.getByLabelText('Trained on'), choice)
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  expect(sent.at(-1)).toEqual({ name: 'UpdateTrainedModel', variables: { input } })
})

test('a viewer reads it', async () => {
  await renderScreen(<TrainedOn project={aProject({ myRole: 'VIEWER' })} model={model} />)
  expect(await screen.findByRole('link', { name: 'train' })).toBeVisible()
  expect(screen.queryByRole('button')).toBeNull()
})
