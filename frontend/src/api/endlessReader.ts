import type { Client, CombinedError, TypedDocumentNode } from '@urql/core'
import { createStore } from 'zustand/vanilla'

import { isPassing } from './errors'

const largestPage = 500
/** Of a list that changed while somebody had scrolled far, this much is read again at once. */
const mostReadAgain = 5_000

export interface Connection<Node> {
  edges: readonly { node: Node }[]
  /** Not asked for where counting takes long. */
  totalCount?: number
  pageInfo: { hasNextPage: boolean; endCursor?: string | null }
}

export interface EndlessState<Node> {
  /** Undefined until the first page is there. */
  nodes: Node[] | undefined
  totalCount: number | undefined
  endCursor: string | null
  error: CombinedError | undefined
  isLoadingMore: boolean
}

export interface EndlessSource<Data, Node> {
  client: Client
  query: TypedDocumentNode<Data, Record<string, unknown> & { first: number; after?: string | null }>
  variables: object
  pick: (data: Data) => Connection<Node>
  pageSize: number
}

/** Reads one list page by page, and from its start again when it has changed. */
export function createReader<Data, Node>(source: EndlessSource<Data, Node>) {
  const { client, query, variables, pick, pageSize } = source
  const store = createStore<EndlessState<Node>>(() => ({
    nodes: undefined,
    totalCount: undefined,
    endCursor: null,
    error: undefined,
    isLoadingMore: false,
  }))
  let newest = 0

  /** Adds to `known` until there are `wanted` nodes or no more; a reading that began later wins. */
  async function read(known: Node[], cursor: string | null, wanted: number) {
    newest += 1
    const turn = newest
    const nodes = [...known]
    let after = cursor
    for (;;) {
      const first = Math.min(largestPage, wanted - nodes.length)
      const question = { ...variables, first, after }
      const result = await client.query(query, question, { requestPolicy: 'network-only' }).toPromise()
      if (turn !== newest) return
      if (result.error || !result.data) return store.setState(failed(result.error))
      const { edges, totalCount, pageInfo } = pick(result.data)
      nodes.push(...edges.map(({ node }) => node))
      after = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null
      if (after === null || nodes.length >= wanted) {
        return store.setState({ nodes, totalCount, endCursor: after, error: undefined })
      }
    }
  }
  return {
    store,
    readAgain() {
      const shown = Math.min(mostReadAgain, store.getState().nodes?.length ?? 0)
      void read([], null, Math.max(pageSize, shown))
    },
    async loadMore() {
      const { nodes, endCursor, isLoadingMore } = store.getState()
      if (!nodes || endCursor === null || isLoadingMore) return
      store.setState({ isLoadingMore: true })
      await read(nodes, endCursor, nodes.length + pageSize)
      store.setState({ isLoadingMore: false })
    },
    stop() {
      newest += 1
    },
  }
}

/** While the server cannot be reached, what was read before stays on the screen. */
function failed<Node>(error: CombinedError | undefined): Partial<EndlessState<Node>> {
  if (error && isPassing(error)) return { error }
  return { error, nodes: undefined, totalCount: undefined, endCursor: null }
}
