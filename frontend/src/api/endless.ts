import { useEffect, useMemo, useState } from 'react'
import { type CombinedError, type TypedDocumentNode, useClient } from 'urql'
import { useStore } from 'zustand'

import { type Connection, createReader, type EndlessState } from './endlessReader'
import { concerns, useCalm } from './live'
import { useProjectNews } from './news'

interface EndlessQuery<Data, Variables, Node> {
  /** It takes `first` and `after` beside its own variables. */
  query: TypedDocumentNode<Data, Variables & { first: number; after?: string | null }>
  variables: Variables
  /** A function that stays the same. */
  pick: (data: Data) => Connection<Node>
  projectId: string
  about: readonly string[]
  pageSize?: number
}

export interface Endless<Node> {
  /** Undefined until the first page is there. */
  nodes: Node[] | undefined
  totalCount: number | undefined
  error: CombinedError | undefined
  hasMore: boolean
  isLoadingMore: boolean
  loadMore: () => void
  refresh: () => void
}

/**
 * A long list, read page by page as it is scrolled; what was read is read again when something it shows has changed.
 * While another question is being answered, the last answer stays.
 */
export function useEndless<Data, Variables extends object, Node>(
  list: EndlessQuery<Data, Variables, Node>,
): Endless<Node> {
  const client = useClient()
  const { query, pick, pageSize = 100 } = list
  const question = JSON.stringify(list.variables)
  const reader = useMemo(
    () =>
      createReader<Data, Node>({
        client,
        query: query as TypedDocumentNode<Data, Record<string, unknown> & { first: number }>,
        variables: JSON.parse(question) as object,
        pick,
        pageSize,
      }),
    [client, query, question, pick, pageSize],
  )
  useEffect(() => {
    reader.readAgain()
    return reader.stop
  }, [reader])
  const refresh = useCalm(() => reader.readAgain())
  useProjectNews(list.projectId, (news) => {
    if (concerns(news, list.about)) refresh()
  })
  const { nodes, totalCount, endCursor, error, isLoadingMore } = useKept(useStore(reader.store))
  return {
    nodes,
    totalCount,
    error,
    hasMore: endCursor !== null,
    isLoadingMore,
    loadMore: () => void reader.loadMore(),
    refresh,
  }
}

function useKept<Node>(state: EndlessState<Node>): EndlessState<Node> {
  const [kept, setKept] = useState(state)
  const isAnswered = state.nodes !== undefined || state.error !== undefined
  if (isAnswered && kept !== state) setKept(state)
  return isAnswered ? state : kept
}
