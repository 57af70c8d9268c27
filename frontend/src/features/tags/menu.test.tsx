import { screen, within } from '@testing-library/react'
import { Info } from 'lucide-react'
import { expect, test, vi } from 'vitest'

import { EntityMenu } from '@/components/EntityMenu'
import { aProject } from '@/testing/facts'
import { renderScreen } from '@/testing/renderScreen'

import { DeleteTag, RenameTag } from './documents'

const about = { text: 'About', icon: Info, isReading: true, run: vi.fn() }

function menuOf(role: 'OWNER' | 'VIEWER', actions = [about]) {
  return (
    <EntityMenu
      project={aProject({ myRole: role })}
      noun="tag"
      name="check"
      actions={actions}
      rename={{ mutation: RenameTag, input: (name) => ({ id: 't1', name }) }}
      remove={{ mutation: DeleteTag, input: { id: 't1' }, consequences: 'It is taken off 40 datapoints.' }}
    />
  )
}

test('a name that is refused is said at the field, and the dialog stays', async () => {
  const errors = [{ code: 'CONFLICT', field: 'name', message: 'A tag named b exists in this project.' }]
  const { user, sent } = await renderScreen(menuOf('OWNER'), {
    RenameTag: () => ({ renameTag: { tag: null, errors } }),
  })
  await user.click(await screen.findByRole('button', { name: 'Actions for tag check' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Rename' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.clear(dialog.getByLabelText('Name'))
  await user.type(dialog.getByLabelText('Name'), ' b ')
  await user.click(dialog.getByRole('button', { name: 'Rename' }))
  expect(await dialog.findByText('A tag named b exists in this project.')).toBeVisible()
  expect(dialog.getByLabelText('Name')).toBeInvalid()
  expect(sent).toEqual([{ name: 'RenameTag', variables: { input: { id: 't1', name: 'b' } } }])
})

test('what goes with it is said before it is deleted', async () => {
  const { user, sent } = await renderScreen(menuOf('OWNER'), {
    DeleteTag: () => ({ deleteTag: { errors: [] } }),
  })
  await user.click(await screen.findByRole('button', { name: 'Actions for tag check' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText('It is taken off 40 datapoints.')).toBeVisible()
  expect(sent).toEqual([])
  await user.click(dialog.getByRole('button', { name: 'Delete' }))
  expect(sent).toEqual([{ name: 'DeleteTag', variables: { input: { id: 't1' } } }])
})

test('a viewer has what only reads, and no menu where that is nothing', async () => {
  const { user } = await renderScreen(menuOf('VIEWER'))
  await user.click(await screen.findByRole('button', { name: 'Actions for tag check' }))
  const items = await screen.findAllByRole('menuitem')
  expect(items.map((item) => item.textContent)).toEqual(['About'])
})

test('a viewer sees no menu where nothing only reads', async () => {
  await renderScreen(menuOf('VIEWER', []))
  expect(screen.queryByRole('button')).toBeNull()
})
