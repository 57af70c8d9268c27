import { useEffect, useRef, useState } from 'react'
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useQuery } from 'urql'

import { isPassing } from './errors'
import { type News, useProjectNews } from './news'

const calm = 400 // at most one reading in this many milliseconds, however fast the news comes

interface LiveQuery<Data, Variables extends AnyVariables> {
  query: TypedDocumentNode<Data, Variables>
  variables: Variables
  projectId: string
  /** Target types whose changes concern this query. */
  about: readonly string[]
  pause?: boolean
}

/** A query that reads itself again when something it shows has changed. */
export function useLiveQuery<Data, Variables extends AnyVariables>(live: LiveQuery<Data, Variables>) {
  const [state, execute] = useQuery<Data, Variables>({
    query: live.query,
    variables: live.variables,
    pause: live.pause,
    requestPolicy: 'cache-and-network',
  })
  const readSoon = useCalm(() => execute({ requestPolicy: 'network-only' }))
  useProjectNews(live.projectId, (news) => {
    if (!live.pause && concerns(news, live.about)) readSoon()
  })
  const data = useKept(state.data, state.error, live.variables)
  return { data, error: state.error, isLoading: state.fetching && !data, refresh: readSoon }
}

/** While the server cannot be reached, what was read before stays on the screen. */
function useKept<Data>(data: Data | undefined, error: CombinedError | undefined, variables: AnyVariables) {
  const question = JSON.stringify(variables)
  const [kept, setKept] = useState<{ question: string; data: Data }>()
  if (data && (kept?.data !== data || kept.question !== question)) setKept({ question, data })
  if (data || !error || !isPassing(error) || kept?.question !== question) return data
  return kept.data
}

export function concerns(news: News, about: readonly string[]): boolean {
  return news.resync || news.changes.some((change) => about.includes(change.targetType))
}

/** Runs `action` at once when it has been quiet, otherwise once at the end of the calm period. */
export function useCalm(action: () => void): () => void {
  const timer = useRef(0)
  const lastRun = useRef(0)
  const latest = useRef(action)
  useEffect(() => {
    latest.current = action
  })
  useEffect(() => () => window.clearTimeout(timer.current), [])

  return () => {
    if (timer.current) return
    const wait = Math.max(0, lastRun.current + calm - performance.now())
    timer.current = window.setTimeout(() => {
      timer.current = 0
      lastRun.current = performance.now()
      latest.current()
    }, wait)
  }
}
