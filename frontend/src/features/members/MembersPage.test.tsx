import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'

import { aProject } from '@/testing/facts'
import { connection } from '@/testing/fakeServer'
import { renderScreen } from '@/testing/renderScreen'

import { MembersPage } from './MembersPage'

const alice = { id: 'u1', username: 'alice', isStaff: false }
const bob = { id: 'u2', username: 'bob', isStaff: false }

function member(
  id: string,
  user: typeof alice,
  role: string,
  acceptedAt: string | null = '2026-11-01T10:00:00Z',
) {
  return { id, user, role, acceptedAt, invitedAt: '2026-11-01T10:00:00Z', invitedBy: alice }
}
const Members = () => ({
  memberships: connection([member('m1', alice, 'OWNER'), member('m2', bob, 'EDITOR', null)]),
})

test('an owner changes roles, and a refusal is said beside the role', async () => {
  const ChangeRole = () => ({
    changeRole: {
      membership: null,
      errors: [{ code: 'CONFLICT', field: 'membershipId', message: 'A project needs an owner.' }],
    },
  })
  const page = <MembersPage project={aProject()} me={alice} onInvite={() => undefined} />
  const { user, sent } = await renderScreen(page, { Members, ChangeRole })
  await user.selectOptions(await screen.findByLabelText('Role of alice'), 'viewer')
  expect(await screen.findByRole('alert')).toHaveTextContent('A project needs an owner.')
  expect(sent).toContainEqual({
    name: 'ChangeRole',
    variables: { input: { membershipId: 'm1', role: 'VIEWER' } },
  })
})

test('who was invited and has not answered is marked', async () => {
  await renderScreen(<MembersPage project={aProject()} me={alice} onInvite={() => undefined} />, { Members })
  expect(await screen.findByText('invited')).toBeVisible()
})

test('a viewer changes nothing but may leave', async () => {
  const page = <MembersPage project={aProject({ myRole: 'VIEWER' })} me={bob} onInvite={() => undefined} />
  await renderScreen(page, { Members })
  const table = within(await screen.findByTestId('members'))
  expect(table.queryByRole('combobox')).toBeNull()
  expect(table.getAllByRole('button').map((button) => button.textContent)).toEqual(['Leave'])
  expect(screen.queryByRole('button', { name: 'Add member' })).toBeNull()
})
