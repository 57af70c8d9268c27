import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'

import { aProject } from '@/testing/facts'
import { renderScreen } from '@/testing/renderScreen'

import { DatasetMenu } from './DatasetMenu'
import type { DatasetItem } from './useDatasets'

const dataset = { id: 'd1', name: 'train', datapointCount: 300 } as DatasetItem

test('a dataset is deleted only after its name was typed', async () => {
  const { user, sent } = await renderScreen(<DatasetMenu project={aProject()} dataset={dataset} />, {
    DeleteDataset: () => ({ deleteDataset: { errors: [] } }),
  })
  await user.click(await screen.findByRole('button', { name: 'Actions for dataset train' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  const dialog = within(await screen.findByRole('dialog'))
  const verb = dialog.getByRole('button', { name: 'Delete' })
  await user.type(dialog.getByLabelText('Type train to confirm'), 'trai')
  expect(verb).toBeDisabled()
  await user.type(dialog.getByLabelText('Type train to confirm'), 'n')
  await user.click(verb)
  expect(sent).toEqual([{ name: 'DeleteDataset', variables: { input: { id: 'd1', confirmName: 'train' } } }])
})

test('a viewer has no verbs', async () => {
  await renderScreen(<DatasetMenu project={aProject({ myRole: 'VIEWER' })} dataset={dataset} />)
  expect(screen.queryByRole('button')).toBeNull()
})
