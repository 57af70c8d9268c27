import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'

import { connection } from '@/testing/fakeServer'
import { renderScreen } from '@/testing/renderScreen'

import { TokenSection } from './TokenSection'

const laptop = {
  id: 'k1',
  name: 'laptop',
  prefix: 'chr_7f3a',
  scope: 'WRITE',
  project: null,
  createdAt: '2026-11-01T10:00:00Z',
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
}
const none = () => ({ apiTokens: connection([]) })
const one = () => ({ apiTokens: connection([laptop]) })
const TokenProjects = () => ({ projects: connection([{ id: 'p1', fullName: 'alice/Digits' }]) })

test('a new token is shown once, with a snippet that uses it', async () => {
  const { user, sent } = await renderScreen(<TokenSection />, {
    ApiTokens: none,
    TokenProjects,
    CreateApiToken: () => ({ createApiToken: { apiToken: laptop, secret: 'chr_7f3a_secret', errors: [] } }),
  })
  await user.click(await screen.findByRole('button', { name: 'New token' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByLabelText('Name'), 'laptop')
  await user.selectOptions(dialog.getByLabelText('Scope'), 'Read only')
  await user.selectOptions(dialog.getByLabelText('Expires'), 'in 30 days')
  await user.selectOptions(dialog.getByLabelText('Project'), 'alice/Digits')
  await user.click(dialog.getByRole('button', { name: 'Create token' }))

  const input = { name: 'laptop', scope: 'READ', expiresDays: 30, projectId: 'p1' }
  expect(sent).toContainEqual({ name: 'CreateApiToken', variables: { input } })
  const secret = await screen.findByTestId('token-secret')
  expect(secret).toHaveTextContent('client = chroma.Client(')
  await user.click(within(secret).getByRole('button', { name: 'I have copied it' }))
  expect(screen.queryByText(/chr_7f3a_secret/)).toBeNull()
})

test('a token is revoked after a question', async () => {
  const { user, sent } = await renderScreen(<TokenSection />, {
    ApiTokens: one,
    RevokeApiToken: () => ({ revokeApiToken: { apiToken: { ...laptop, revokedAt: 'now' }, errors: [] } }),
  })
  await user.click(await screen.findByRole('button', { name: 'Revoke' }))
  expect(sent.map(({ name }) => name)).not.toContain('RevokeApiToken')
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Revoke' }))
  expect(sent).toContainEqual({ name: 'RevokeApiToken', variables: { input: { id: 'k1' } } })
})
