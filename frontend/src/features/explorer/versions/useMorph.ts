import { useCallback, useEffect, useRef, useState } from 'react'

import { column, fetchTable } from '@/api/arrow'

import { useExplorer, useView } from '../state/context'
import { Glide } from './glide'
import { type Members, originsOf, type Places } from './origins'

export interface Version {
  id: string
  name: string
  sources: readonly { position: number; embeddingSet: { dataset: { id: string } } }[]
}

/** Shows the points on their way from another version of the map to this one. */
export function useMorph(from: Version | null) {
  const { session } = useExplorer()
  const engine = useView((view) => view.engine)
  const blend = useView((view) => view.blend)
  const [isPlaying, setPlaying] = useState(false)
  const [isReady, setReady] = useState(false)
  const glide = useRef<Glide>(null)

  const show = useCallback(
    (next: number) => {
      session.engine?.setBlend(next)
      session.view.setState({ blend: next })
    },
    [session],
  )

  useEffect(() => {
    const player = new Glide(show)
    glide.current = player
    return () => {
      player.stop()
      show(1)
    }
  }, [show, from])

  useEffect(() => {
    if (!engine || !from) return
    const cancel = new AbortController()
    const codeOf = new Map(session.map.datasets.map(({ id }, k) => [id, k + 1]))
    readPlaces(from, codeOf, cancel.signal)
      .then((there) => {
        if (cancel.signal.aborted) return
        engine.setOrigin(originsOf(session.points, there))
        setReady(true)
      })
      .catch(() => undefined) // Without them there is nothing to play; the map itself is whole.
    return () => {
      cancel.abort()
      setReady(false)
    }
  }, [engine, session, from])

  function play() {
    setPlaying(true)
    glide.current?.play(blend < 1 ? blend : 0, () => setPlaying(false))
  }

  function pause() {
    glide.current?.stop()
    setPlaying(false)
  }

  function moveTo(next: number) {
    pause()
    show(next)
  }

  return { blend, isPlaying, isReady: isReady && engine !== null, play, pause, moveTo }
}

async function readPlaces(
  { id, sources }: Version,
  codeOf: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<Members & Places> {
  const base = `/bulk/v1/projection-sets/${id}`
  const [positions, members] = await Promise.all([
    fetchTable(`${base}/positions`, { signal }),
    fetchTable(`${base}/members`, { signal }),
  ])
  const codes = new Uint16Array(Math.max(...sources.map(({ position }) => position)) + 1)
  for (const { position, embeddingSet } of sources) codes[position] = codeOf.get(embeddingSet.dataset.id) ?? 0
  return {
    x: column(positions, 'x'),
    y: column(positions, 'y'),
    dataset: column<Uint16Array>(members, 'source').map((source) => codes[source]),
    row: column<Uint32Array>(members, 'row'),
  }
}
