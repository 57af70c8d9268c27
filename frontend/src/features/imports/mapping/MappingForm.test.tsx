import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'

import { aProject } from '@/testing/facts'
import { renderScreen } from '@/testing/renderScreen'

import type { ImportInFull } from '../ImportPage'
import { MappingForm } from './MappingForm'

const column = (name: string, kind: string, suggestedField: string) => ({
  name,
  kind,
  samples: [],
  suggestedField,
})

let last = 0
function aFile(columns = [column('id', 'text', 'key'), column('prediction', 'text', 'inference')]) {
  last += 1
  const preview = [{ id: 'a', prediction: 'cat' }]
  return { id: `i${last}`, fileName: 'pets.csv', dataset: null, columns, preview } as unknown as ImportInFull
}
const started = () => ({ startImport: { import: { id: 'i', state: 'RUNNING' }, errors: [] } })
const verb = () => screen.getByRole('button', { name: 'Check and import all rows' })

test('it starts as suggested, asks whose inferences these are, and sends what was chosen', async () => {
  const file = aFile()
  const { user, sent } = await renderScreen(<MappingForm project={aProject()} file={file} />, {
    StartImport: started,
  })
  expect(await screen.findByLabelText('Dataset')).toHaveValue('pets')
  expect(verb()).toBeDisabled()
  await user.type(screen.getByLabelText('Model'), 'petnet')
  await user.click(screen.getByLabelText(/Skip bad rows/))
  await user.click(verb())
  const input = {
    id: file.id,
    datasetName: 'pets',
    datasetKind: null,
    mapping: [
      { column: 'id', field: 'key' },
      { column: 'prediction', field: 'inference' },
    ],
    model: 'petnet',
    version: '1',
    layer: null,
    skipBadRows: true,
  }
  expect(sent).toEqual([{ name: 'StartImport', variables: { input } }])
})

test('without a key, or with two columns for one field, nothing can be sent', async () => {
  const columns = [column('id', 'text', 'key'), column('other', 'text', 'metadata:other')]
  const { user, sent } = await renderScreen(<MappingForm project={aProject()} file={aFile(columns)} />)
  await user.selectOptions(await screen.findByLabelText('What id is'), 'skip')
  expect(screen.getByText(/Say which column is the key/)).toBeVisible()
  expect(verb()).toBeDisabled()
  await user.selectOptions(screen.getByLabelText('What id is'), 'key')
  await user.selectOptions(screen.getByLabelText('What other is'), 'key')
  expect(screen.getByText('id is mapped to it, too.')).toBeVisible()
  expect(verb()).toBeDisabled()
  expect(sent).toEqual([])
})

test('a refusal is said at its field', async () => {
  const message = 'The dataset pets is of kind test, not training.'
  const { user } = await renderScreen(
    <MappingForm project={aProject()} file={aFile([column('id', 'text', 'key')])} />,
    {
      StartImport: () => ({
        startImport: { import: null, errors: [{ code: 'CONFLICT', field: 'datasetKind', message }] },
      }),
    },
  )
  await user.selectOptions(await screen.findByLabelText('Kind'), 'TRAINING')
  await user.click(verb())
  expect(await screen.findByText(message)).toBeVisible()
  expect(screen.getByLabelText('Kind')).toBeInvalid()
})
