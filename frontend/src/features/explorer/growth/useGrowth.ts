import { useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'

import type { Job } from '@/components/jobText'

import type { ProjectionSetResult } from '../data/describeMap'
import type { Labels } from './colouring'
import { type Growth, readGrowth } from './readGrowth'
import { readLabels } from './readLabels'

/** The newest layout of a map in the making, read whenever its job says that there is one. */
export function useGrowth(mapId: string, job: Job | null): Growth | null {
  const [growth, setGrowth] = useState<Growth | null>(null)
  const reading = useRef({ isBusy: false, isWanted: false, isOver: false })
  const newest = job?.state === 'RUNNING' ? `${job.startedAt} ${job.frameNumber}` : ''
  const hasAny = (job?.frameNumber ?? 0) > 0

  useEffect(() => {
    const state = reading.current
    state.isOver = false
    return () => {
      state.isOver = true
    }
  }, [])
  useEffect(() => {
    const state = reading.current
    if (!hasAny || !newest) return
    state.isWanted = true
    if (!state.isBusy) void readWhileWanted()

    // One at a time: what comes while the last is on its way is asked for when that is here.
    async function readWhileWanted() {
      state.isBusy = true
      while (state.isWanted && !state.isOver) {
        state.isWanted = false
        const found = await readGrowth(mapId).catch(() => null)
        if (found && !state.isOver) setGrowth(found)
      }
      state.isBusy = false
    }
  }, [mapId, newest, hasAny])
  return growth
}

/** Read once: a label that changes meanwhile has its new colour on the finished map. */
export function useLabels(result: ProjectionSetResult): Labels | null {
  const client = useClient()
  const [labels, setLabels] = useState<Labels | null>(null)
  const [first] = useState(result)
  useEffect(() => {
    let isCurrent = true
    const without = (): Labels => ({
      categories: [],
      codes: [],
      counts: new Uint32Array(1),
      datasets: first.sources.map(({ embeddingSet }) => embeddingSet.dataset.name),
    })
    readLabels(client, first)
      .catch(without)
      .then((read) => isCurrent && setLabels(read))
    return () => {
      isCurrent = false
    }
  }, [client, first])
  return labels
}
