import { useMemo } from 'react'
import { useClient } from 'urql'

import { useProjectNews, useProjectSubscription } from '@/api/news'

import type { Session } from '../state/session'
import { createRefresh } from './createRefresh'

/** News that can change what a map shows. */
const relevant = new Set([
  'category',
  'tag',
  'dataset',
  'inference_set',
  'projection_set',
  'datapoint',
  'analysis',
])

/** Reads what changed on the server: after news, and on demand by the function given back. */
export function useRefresh(session: Session, onGone: () => void): () => Promise<void> {
  const client = useClient()
  const refresh = useMemo(() => createRefresh(client, session, onGone), [client, session, onGone])

  useProjectSubscription(session.map.projectId, session.map.lastSeq)
  useProjectNews(session.map.projectId, (news) => {
    const concerns = news.resync || news.changes.some((change) => relevant.has(change.targetType))
    // A failed refresh leaves the last good picture; the next news tries again.
    if (concerns) refresh().catch(() => undefined)
  })
  return refresh
}
