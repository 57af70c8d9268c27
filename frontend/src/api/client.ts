import {
  Client,
  fetchExchange,
  mapExchange,
  type SubscriptionOperation,
  subscriptionExchange,
} from '@urql/core'
import type { Client as Socket } from 'graphql-ws'

import { cache } from './cache'
import { csrfToken } from './csrf'
import { failureOf } from './errors'
import { fetchReadably } from './refusals'
import { createSocket } from './socket'

/** One client for one signed-in person; signing in or out makes a new one, with an empty cache. */
export function createGraphqlClient(options: { onSignedOut: () => void }): Client {
  const socket = createSocket()
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetch: fetchReadably,
    fetchOptions: () => ({ credentials: 'same-origin', headers: { 'X-CSRFToken': csrfToken() } }),
    exchanges: [
      mapExchange({
        onError(error) {
          if (failureOf(error) === 'unauthenticated') options.onSignedOut()
        },
      }),
      cache(),
      fetchExchange,
      subscriptionExchange({ forwardSubscription: (operation) => resuming(socket, operation) }),
    ],
  })
}

/** After a dropped connection the socket sends the payload again: keep its `after` at the last event seen. */
function resuming(socket: Socket, operation: SubscriptionOperation) {
  const payload = { query: operation.query ?? '', variables: { ...operation.variables } }
  return {
    subscribe(
      sink: Parameters<
        ReturnType<Parameters<typeof subscriptionExchange>[0]['forwardSubscription']>['subscribe']
      >[0],
    ) {
      const unsubscribe = socket.subscribe(payload, {
        next(result) {
          const news = result.data?.projectChanged as { seq?: number } | undefined
          if (news?.seq !== undefined) payload.variables.after = news.seq
          sink.next(result as Parameters<typeof sink.next>[0])
        },
        error: (error) => sink.error(error),
        complete: () => sink.complete(),
      })
      return { unsubscribe }
    },
  }
}
