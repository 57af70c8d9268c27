import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import { renderScreen } from '@/testing/renderScreen'

import { LoginPage } from './LoginPage'

function answerWith(status: number, body: object | null, headers: Record<string, string> = {}) {
  const answer = () => Promise.resolve(new Response(body && JSON.stringify(body), { status, headers }))
  return vi.spyOn(globalThis, 'fetch').mockImplementation(answer)
}

async function signIn(username: string, password: string) {
  const { user } = await renderScreen(<LoginPage />)
  await user.type(screen.getByLabelText('Username'), username)
  if (password) await user.type(screen.getByLabelText('Password'), password)
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
}

test('username and password are sent as JSON with the CSRF token', async () => {
  document.cookie = 'csrftoken=abc'
  const fetch = answerWith(200, { username: 'alice' })
  await signIn(' alice ', 'secret')
  const [url, request] = fetch.mock.calls[0]
  expect(url).toBe('/auth/login')
  expect(request?.body).toBe(JSON.stringify({ username: 'alice', password: 'secret' }))
  expect(request?.headers).toMatchObject({ 'X-CSRFToken': 'abc' })
})

test('a wrong password is said in the words of the server and has to be typed again', async () => {
  answerWith(401, { error: { code: 'UNAUTHENTICATED', message: 'Username or password is wrong.' } })
  await signIn('alice', 'wrong')
  expect(await screen.findByRole('alert')).toHaveTextContent('Username or password is wrong.')
  expect(screen.getByLabelText('Password')).toHaveValue('')
})

test('too many attempts tell when to come back', async () => {
  answerWith(429, { error: { code: 'LIMIT_EXCEEDED', message: 'Too many.' } }, { 'Retry-After': '240' })
  await signIn('alice', 'wrong')
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in 4 minutes.')
})

test('a server that does not answer is not mistaken for a wrong password', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('network'))
  await signIn('alice', 'secret')
  expect(await screen.findByRole('alert')).toHaveTextContent('The server does not answer.')
})

test('nothing is sent without a password', async () => {
  const fetch = answerWith(200, {})
  await signIn('alice', '')
  expect(await screen.findByRole('alert')).toHaveTextContent('Give your username and your password.')
  expect(fetch).not.toHaveBeenCalled()
})
