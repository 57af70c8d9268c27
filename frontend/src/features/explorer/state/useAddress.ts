import { useEffect, useEffectEvent } from 'react'

import { type ExplorerSearch, toSearch } from './address'
import type { Session } from './session'

const CALM_MS = 300
const shared = ['colourBy', 'filters', 'camera', 'modelId', 'order', 'sliceId', 'selectionId'] as const

/** Writes the shareable part of the view into the address, once it has been calm for a moment. */
export function useAddress(session: Session, onSearch: (search: ExplorerSearch) => void): void {
  const write = useEffectEvent(onSearch)
  useEffect(() => {
    let timer = 0
    let written = JSON.stringify(toSearch(session.view.getState()))
    const stop = session.view.subscribe((view, before) => {
      if (shared.every((key) => view[key] === before[key])) return
      window.clearTimeout(timer)
      timer = window.setTimeout(() => {
        const search = toSearch(session.view.getState())
        if (JSON.stringify(search) === written) return
        written = JSON.stringify(search)
        write(search)
      }, CALM_MS)
    })
    return () => {
      window.clearTimeout(timer)
      stop()
    }
  }, [session])
}
