import { createClient } from 'graphql-ws'
import { create } from 'zustand'

type SocketStatus = 'idle' | 'live' | 'reconnecting'

const longestWait = 5_000
const silenceBeforePing = 10_000
const longestSilence = 10_000 // after a ping; a network that is gone closes no socket
const normalClosure = 1000

/** Whether news arrives; the top bar shows it and live queries read everything anew after a gap. */
export const useSocket = create<{ status: SocketStatus; gaps: number }>(() => ({ status: 'idle', gaps: 0 }))

export function createSocket() {
  let silence = 0
  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    lazy: true,
    keepAlive: silenceBeforePing,
    connectionAckWaitTimeout: longestSilence,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async (retries) => {
      const wait = Math.min(longestWait, 300 * 2 ** retries)
      await new Promise((resolve) => setTimeout(resolve, wait * (0.7 + 0.6 * Math.random())))
    },
    on: {
      connected: () =>
        useSocket.setState(({ status, gaps }) => ({
          status: 'live',
          gaps: status === 'reconnecting' ? gaps + 1 : gaps,
        })),
      ping: (received) => {
        if (!received) silence = window.setTimeout(() => client.terminate(), longestSilence)
      },
      pong: (received) => {
        if (received) window.clearTimeout(silence)
      },
      closed: (event) => {
        window.clearTimeout(silence)
        useSocket.setState({ status: wasWanted(event) ? 'idle' : 'reconnecting' })
      },
    },
  })
  window.addEventListener('offline', () => client.terminate())
  return client
}

/** We close the socket ourselves when nothing listens any more. */
function wasWanted(event: unknown): boolean {
  return event instanceof CloseEvent && event.code === normalClosure
}
