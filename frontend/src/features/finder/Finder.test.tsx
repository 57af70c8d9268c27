import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'

import { aProject } from '@/testing/facts'
import { connection } from '@/testing/fakeServer'
import { renderScreen } from '@/testing/renderScreen'

import { Finder } from './Finder'

const FinderNames = () => ({
  datasets: connection([{ id: 'd', name: 'train' }]),
  projectionSets: connection([{ id: 'm', name: 'UMAP of train' }]),
  tags: connection([{ id: 't', name: 'check' }]),
  modelArchitectures: connection([]),
})

test('Ctrl K, a few letters, the arrows and Enter open a map', async () => {
  const { user, router } = await renderScreen(<Finder project={aProject()} />, { FinderNames })
  await screen.findByRole('button', { name: /Find datasets/ })
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await screen.findByRole('combobox'), 'train')
  expect((await screen.findAllByRole('option')).map((each) => each.textContent)).toEqual([
    'traindataset',
    'UMAP of trainmap',
  ])
  await user.keyboard('{ArrowDown}{Enter}')
  expect(router.state.location.pathname).toBe('/projects/alice/Digits/maps/m')
})
