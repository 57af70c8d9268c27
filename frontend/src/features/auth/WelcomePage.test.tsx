import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import { renderScreen } from '@/testing/renderScreen'

import { WelcomePage } from './WelcomePage'

test('a good link lets its person choose a password and go on', async () => {
  const fetch = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => new Response(JSON.stringify({ username: 'bob', purpose: 'invite' })))
  const done = vi.fn()
  const { user } = await renderScreen(<WelcomePage secret="s3cret" onDone={done} />)
  await user.type(await screen.findByLabelText('Password'), 'a long password')
  await user.type(screen.getByLabelText('Password again'), 'a long password')
  await user.click(screen.getByRole('button', { name: 'Set password and sign in' }))
  expect(fetch.mock.lastCall?.[0]).toBe('/auth/link/s3cret')
  expect(fetch.mock.lastCall?.[1]?.body).toBe(JSON.stringify({ password: 'a long password' }))
  expect(done).toHaveBeenCalled()
})

test('two different passwords are not sent', async () => {
  const fetch = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => new Response(JSON.stringify({ username: 'bob', purpose: 'invite' })))
  const { user } = await renderScreen(<WelcomePage secret="s3cret" onDone={() => undefined} />)
  await user.type(await screen.findByLabelText('Password'), 'one password')
  await user.type(screen.getByLabelText('Password again'), 'another')
  await user.click(screen.getByRole('button', { name: 'Set password and sign in' }))
  expect(screen.getByRole('alert')).toHaveTextContent('The two passwords differ.')
  expect(fetch).toHaveBeenCalledTimes(1)
})

test('a used link says what to do next', async () => {
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('{}', { status: 404 }))
  await renderScreen(<WelcomePage secret="old" onDone={() => undefined} />)
  expect(await screen.findByRole('heading', { name: 'This link does not work' })).toBeVisible()
  expect(screen.getByText(/Ask whoever runs this server/)).toBeVisible()
})
