import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'

import { renderScreen } from '@/testing/renderScreen'

import type { ImportInFull } from '../ImportPage'
import { RowErrors } from './RowErrors'

test('each problem is said with its row and column', async () => {
  const errors = [
    { row: 4, column: 'confidence', message: 'must be 0 … 1.' },
    { row: 0, column: '', message: 'The file has no rows.' },
  ]
  const file = { errors, errorCount: 2_000, state: 'FAILED' } as unknown as ImportInFull
  await renderScreen(<RowErrors file={file} />)
  const table = within(await screen.findByTestId('import-errors'))
  expect(table.getAllByRole('row').slice(1)[0]).toHaveTextContent('4confidencemust be 0 … 1.')
  expect(table.getAllByRole('row').slice(1)[1]).toHaveTextContent('fileThe file has no rows.')
  expect(screen.getByText(/Nothing was logged: 2,000 problems, the first 2 are below/)).toBeVisible()
})
