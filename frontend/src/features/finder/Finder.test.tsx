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
  slices: connection([]),
  analyses: connection([]),
  jobs: connection([]),
})

test('Ctrl K, a few letters, the arrows and Enter open a map', async () => {
  const { user, router } = await renderScreen(<Finder project={aProject()} />, {
    FinderNames,
    FoundDatapoints: () => ({ datapoints: connection([]) }),
  })
  await screen.findByRole('button', { name: /Find datapoints/ })
  await user.keyboard('{Control>}k{/Control}')
  await user.type(await screen.findByRole('combobox'), 'train')
  expect((await screen.findAllByRole('option')).map((each) => each.textContent)).toEqual([
    'traindataset',
    'UMAP of trainmap',
  ])
  await user.keyboard('{ArrowDown}{Enter}')
  expect(router.state.location.pathname).toBe('/projects/alice/Digits/maps/m')
})

test('datapoints are found by key and text, after the names, and open their page', async () => {
  const node = {
    id: 'd:7',
    key: 'train-007',
    dataset: { id: 'd', name: 'train' },
    resource: { id: 'r', kind: 'TEXT', text: 'A stop sign' },
  }
  const { user, router, sent } = await renderScreen(<Finder project={aProject()} isCompact />, {
    FinderNames,
    FoundDatapoints: () => ({ datapoints: connection([node]) }),
  })
  await user.click(await screen.findByRole('button', { name: 'Find in this project' }))
  await user.type(await screen.findByRole('combobox'), 'stop')
  expect(await screen.findByRole('option')).toHaveTextContent('train-007A stop signdatapoint')
  expect(sent.filter(({ name }) => name === 'FoundDatapoints')).toHaveLength(1)
  await user.keyboard('{Enter}')
  expect(decodeURIComponent(router.state.location.pathname)).toBe('/projects/alice/Digits/datapoints/d:7')
})
