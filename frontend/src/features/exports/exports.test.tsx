import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'

import { aJob, aProject } from '@/testing/facts'
import { connection } from '@/testing/fakeServer'
import { renderScreen } from '@/testing/renderScreen'

import { ExportButton } from './ExportButton'
import { ExportTable } from './ExportTable'

const set = {
  id: 'e1',
  dimension: 64,
  embeddingCount: 9,
  dataset: { id: 'd1', name: 'train' },
  layer: { id: 'l', name: 'fc2' },
}
const scope = { kind: 'dataset', id: 'd1', name: 'train', hasObjects: false } as const
const vera = { id: 'u3', username: 'vera', isStaff: false }

test('a viewer exports too: the format decides what can come along', async () => {
  const viewer = aProject({ myRole: 'VIEWER' })
  const { user, sent, router } = await renderScreen(<ExportButton project={viewer} scope={scope} />, {
    ExportChoices: () => ({ embeddingSets: connection([set]) }),
    CreateExport: () => ({ createExport: { export: { id: 'x', fileName: 'train.csv' }, errors: [] } }),
  })
  await user.click(await screen.findByRole('button', { name: 'Export' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(await dialog.findByRole('checkbox', { name: /fc2/ }))
  await user.selectOptions(dialog.getByLabelText('Format'), 'COCO')
  expect(dialog.queryByRole('checkbox')).toBeNull()
  await user.selectOptions(dialog.getByLabelText('Format'), 'CSV')
  expect(dialog.getByLabelText(/Keep spreadsheets from running/)).toBeChecked()
  await user.click(dialog.getByRole('button', { name: 'Export' }))
  const input = {
    projectId: 'p1',
    format: 'CSV',
    datasetId: 'd1',
    embeddingSetIds: ['e1'],
    includeObjects: true,
    spreadsheetSafe: true,
  }
  expect(sent.at(-1)).toEqual({ name: 'CreateExport', variables: { input } })
  expect(router.state.location.pathname).toBe('/projects/alice/Digits/exports')
})

test('a finished export is downloaded, a running one shows its progress, and each person deletes their own', async () => {
  const mine = {
    id: 'x1',
    format: 'PARQUET',
    scope: { dataset: { id: 'd1', name: 'train' } },
    fileName: 'train.parquet',
    byteSize: 12_400,
    rowCount: 300,
    createdAt: '2026-11-01T10:00:00Z',
    expiresAt: '2126-11-08T10:00:00Z',
    downloadUrl: '/bulk/v1/exports/x1/content',
    createdBy: vera,
    job: aJob({ state: 'DONE' }),
  }
  const other = { id: 'u1', username: 'alice' }
  const running = {
    ...mine,
    id: 'x2',
    fileName: 'b.csv',
    byteSize: null,
    downloadUrl: null,
    createdBy: other,
    job: aJob(),
  }
  await renderScreen(<ExportTable project={aProject({ myRole: 'VIEWER' })} me={vera} />, {
    ExportList: () => ({ exports: connection([mine, running]) }),
  })
  expect(await screen.findByRole('link', { name: 'Download' })).toHaveAttribute('href', mine.downloadUrl)
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '20')
  expect(screen.getByText('12 kB')).toBeVisible()
  const menus = screen.getAllByRole('button', { name: /^Actions for/ })
  expect(menus.map((menu) => menu.getAttribute('aria-label'))).toEqual(['Actions for export train.parquet'])
})
