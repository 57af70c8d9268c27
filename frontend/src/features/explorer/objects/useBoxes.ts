import { useEffect, useState } from 'react'
import { useClient } from 'urql'

import { concerns, useCalm } from '@/api/live'
import { useProjectNews } from '@/api/news'

import type { Box } from './boxes'
import { readBoxes } from './readBoxes'

const ABOUT = ['dataset', 'datapoint', 'category', 'inference_set', 'analysis']

/** The boxes of an image, read again when they may have changed; null until they are known. */
export function useBoxes(projectId: string, contextId: string | null): readonly Box[] | null {
  const client = useClient()
  const [known, setKnown] = useState<{ contextId: string; boxes: Box[] } | null>(null)
  const [version, setVersion] = useState(0)
  const readSoon = useCalm(() => setVersion((before) => before + 1))
  useProjectNews(projectId, (news) => {
    if (contextId && concerns(news, ABOUT)) readSoon()
  })
  useEffect(() => {
    if (!contextId) return
    let isWanted = true
    readBoxes(client, contextId)
      .then((boxes) => isWanted && setKnown({ contextId, boxes }))
      // Without its boxes the picture still stands; the next news or opening asks again.
      .catch(() => isWanted && setKnown({ contextId, boxes: [] }))
    return () => {
      isWanted = false
    }
  }, [client, contextId, version])
  return known && known.contextId === contextId ? known.boxes : null
}
