import { useEffect, useRef } from 'react'
import { type AnyVariables, type TypedDocumentNode, useQuery } from 'urql'

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
  return { data: state.data, error: state.error, isLoading: state.fetching && !state.data, refresh: readSoon }
}

function concerns(news: News, about: readonly string[]): boolean {
  return news.resync || news.changes.some((change) => about.includes(change.targetType))
}

/** Runs `action` at once when it has been quiet, otherwise once at the end of the calm period. */
function useCalm(action: () => void): () => void {
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
