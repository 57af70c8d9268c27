import type { Client } from '@urql/core'
import { create } from 'zustand'

import { createGraphqlClient } from './client'
import { requestJson } from './http'

/** The GraphQL client of whoever is signed in; a new one after every sign-in and sign-out. */
export const useSession = create(() => ({ client: newClient() }))

export function restartSession() {
  useSession.setState({ client: newClient() })
}

export async function signIn(username: string, password: string) {
  await requestJson('POST', '/auth/login', { username, password })
  restartSession()
}

export async function signOut() {
  await requestJson('POST', '/auth/logout')
  restartSession()
}

function newClient(): Client {
  const client = createGraphqlClient({
    onSignedOut() {
      if (useSession.getState().client === client) restartSession()
    },
  })
  return client
}
