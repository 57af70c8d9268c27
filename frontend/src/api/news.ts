import { useEffect, useEffectEvent } from 'react'
import { type Client, useClient } from 'urql'

import { graphql } from '@/gql'
import type { ProjectNewsSubscription } from '@/gql/graphql'

import { useSocket } from './socket'

export type ProjectChange = ProjectNewsSubscription['projectChanged']['changes'][number]

/** What a listener hears: the changes of one event, or that everything may have changed. */
export interface News {
  changes: readonly ProjectChange[]
  resync: boolean
}
type Listener = (news: News) => void

const ProjectNews = graphql(`
  subscription ProjectNews($projectId: ID!, $after: Int!) {
    projectChanged(projectId: $projectId, after: $after) {
      seq
      changes {
        seq
        kind
        targetType
        targetId
        version
      }
      jobs {
        ...JobFields
      }
      resync
    }
  }
`)

const retryAfter = 5_000
const listeners = new Map<string, Set<Listener>>()
let subscriptionCount = 0

/** Keeps one subscription open for a project; the page that shows the project mounts it once. */
export function useProjectSubscription(projectId: string, lastSeq: number) {
  const client = useClient()
  const firstSeq = useEffectEvent(() => lastSeq)
  useEffect(() => subscribe(client, projectId, firstSeq()), [client, projectId])

  const gaps = useSocket((state) => state.gaps)
  useEffect(() => {
    if (gaps > 0) announce(projectId)
  }, [gaps, projectId])
}

/** Hears every change of a project, from other people and from this browser alike. */
export function useProjectNews(projectId: string, listener: Listener) {
  const heard = useEffectEvent(listener)
  useEffect(() => {
    const own: Listener = (news) => heard(news)
    const set = listeners.get(projectId) ?? new Set()
    listeners.set(projectId, set.add(own))
    return () => {
      set.delete(own)
    }
  }, [projectId])
}

/** Lets every live query of the project read again, without waiting for the server's news. */
export function announce(projectId: string, news: News = { changes: [], resync: true }) {
  for (const listener of listeners.get(projectId) ?? []) listener(news)
}

function subscribe(client: Client, projectId: string, lastSeq: number): () => void {
  let after = lastSeq
  let timer = 0
  let subscription = open()
  subscriptionCount += 1

  function open() {
    return client.subscription(ProjectNews, { projectId, after }).subscribe(({ data, error }) => {
      if (data) {
        const { seq, changes, resync } = data.projectChanged
        after = seq
        announce(projectId, { changes, resync })
      } else if (error) {
        timer = window.setTimeout(reopen, retryAfter)
      }
    })
  }
  function reopen() {
    subscription.unsubscribe()
    subscription = open()
    announce(projectId)
  }
  return () => {
    window.clearTimeout(timer)
    subscription.unsubscribe()
    subscriptionCount -= 1
    // Nobody listens, so that nobody would ever say that the connection is back.
    if (subscriptionCount === 0) useSocket.setState({ status: 'idle' })
  }
}
