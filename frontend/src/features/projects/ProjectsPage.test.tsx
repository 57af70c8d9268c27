import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'

import { aProject } from '@/testing/facts'
import { connection } from '@/testing/fakeServer'
import { renderScreen } from '@/testing/renderScreen'

import { ProjectsPage } from './ProjectsPage'

const me = () => ({ me: { id: 'u1', username: 'alice', isStaff: false } })
const noInvitations = () => ({ invitations: connection([]) })

test('somebody new reads what a project is and can create one', async () => {
  await renderScreen(<ProjectsPage />, {
    Me: me,
    Invitations: noInvitations,
    Projects: () => ({ projects: connection([]) }),
  })
  expect(await screen.findByRole('heading', { name: 'No projects yet' })).toBeVisible()
  expect(screen.getAllByRole('button', { name: 'New project' })).toHaveLength(2)
})

test('a card names the project, my role and its size', async () => {
  await renderScreen(<ProjectsPage />, {
    Me: me,
    Invitations: noInvitations,
    Projects: () => ({ projects: connection([aProject({ myRole: 'VIEWER', datapointCount: 10_000 })]) }),
  })
  const card = await screen.findByTestId('project-card')
  expect(card).toHaveTextContent('alice / Digits')
  expect(card).toHaveTextContent('viewer')
  expect(card).toHaveTextContent('10,000 datapoints')
})

test('a name that is taken is said at the field', async () => {
  const { user, sent } = await renderScreen(<ProjectsPage />, {
    Me: me,
    Invitations: noInvitations,
    Projects: () => ({ projects: connection([aProject()]) }),
    CreateProject: () => ({
      createProject: {
        project: null,
        errors: [{ code: 'CONFLICT', field: 'name', message: 'You already have a project Digits.' }],
      },
    }),
  })
  await user.click(await screen.findByRole('button', { name: 'New project' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByRole('button', { name: 'Create project' })).toBeDisabled()
  await user.type(dialog.getByLabelText('Name'), 'Digits')
  await user.click(dialog.getByRole('button', { name: 'Create project' }))
  expect(await dialog.findByText('You already have a project Digits.')).toBeVisible()
  expect(dialog.getByLabelText('Name')).toBeInvalid()
  expect(sent.at(-1)?.variables).toEqual({ input: { name: 'Digits', description: '' } })
})

test('an invitation can be accepted', async () => {
  const invitation = {
    id: 'm1',
    projectName: 'wei/Mail',
    role: 'EDITOR',
    invitedAt: '2026-11-01T10:00:00Z',
    invitedBy: { id: 'u2', username: 'wei' },
  }
  const { user, sent } = await renderScreen(<ProjectsPage />, {
    Me: me,
    Invitations: () => ({ invitations: connection([invitation]) }),
    Projects: () => ({ projects: connection([]) }),
    AcceptInvitation: () => ({
      acceptInvitation: { membership: { id: 'm1', acceptedAt: 'now' }, errors: [] },
    }),
  })
  const row = await screen.findByTestId('invitation')
  expect(row).toHaveTextContent('wei invites you to wei/Mail as editor.')
  await user.click(within(row).getByRole('button', { name: 'Accept' }))
  expect(sent).toContainEqual({ name: 'AcceptInvitation', variables: { input: { membershipId: 'm1' } } })
})
