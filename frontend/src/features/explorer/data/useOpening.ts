import { CombinedError } from '@urql/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'

import { HttpError } from '@/api/http'
import { toast } from '@/components/toastStore'

import { Session } from '../state/session'
import type { SharedView } from '../state/viewState'
import { describeMap, type ProjectionSetResult, readProjectionSet } from './describeMap'
import { loadPoints, type Progress } from './loadPoints'

/** What stands between a map's address and its picture. */
export type Opening =
  | { state: 'loading'; progress: Progress | null }
  | { state: 'missing' }
  | { state: 'failed'; reason: string }
  | { state: 'unfinished'; result: ProjectionSetResult }
  | { state: 'ready'; session: Session }

export function useOpening(mapId: string, shared: SharedView): { opening: Opening; retry: () => void } {
  const client = useClient()
  const [opening, setOpening] = useState<Opening>({ state: 'loading', progress: null })
  const [attempt, setAttempt] = useState(0)
  // Only the address at the time of opening counts; afterwards the view writes the address.
  const [initial] = useState(shared)
  const hasWaited = useRef(false)

  useEffect(() => {
    const cancel = new AbortController()
    const show = (next: Opening) => {
      if (cancel.signal.aborted) return
      // A growing map stays on the screen until the finished one takes its place.
      setOpening((now) => (now.state === 'unfinished' && next.state === 'loading' ? now : next))
      if (next.state === 'unfinished') hasWaited.current = true
    }

    async function open() {
      show({ state: 'loading', progress: null })
      const result = await readProjectionSet(client, mapId)
      if (!result) return show({ state: 'missing' })
      if (!result.finishedAt) return show({ state: 'unfinished', result })
      const description = await describeMap(client, result, initial.modelId ?? null)
      const onProgress = (progress: Progress) => show({ state: 'loading', progress })
      const loaded = await loadPoints(description, { signal: cancel.signal, onProgress })
      show({ state: 'ready', session: new Session(client, description.map, loaded, initial) })
      if (hasWaited.current) tellWhoWaited(result)
      hasWaited.current = false
    }
    open().catch((error: unknown) => {
      show(toFailure(error))
      // The other downloads are of no use any more.
      cancel.abort()
    })
    return () => cancel.abort()
  }, [client, mapId, attempt, initial])

  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  return { opening, retry }
}

function tellWhoWaited({ name, notes }: ProjectionSetResult): void {
  if (notes.length > 0) toast({ text: `${name} is ready. ${notes.join(' ')}`, tone: 'done' })
}

function toFailure(error: unknown): Opening {
  if (error instanceof CombinedError) {
    const isMissing = error.graphQLErrors.some((each) => each.extensions?.code === 'NOT_FOUND')
    if (isMissing) return { state: 'missing' }
    if (error.networkError) return { state: 'failed', reason: 'The server does not answer.' }
    return { state: 'failed', reason: error.graphQLErrors[0]?.message ?? error.message }
  }
  if (error instanceof HttpError && error.status === 404) return { state: 'missing' }
  if (error instanceof TypeError) return { state: 'failed', reason: 'The server does not answer.' }
  return { state: 'failed', reason: error instanceof Error ? error.message : String(error) }
}
