/** Where each map was left, for as long as the page lives: back and forth between maps finds them as they were. */

import type { Camera } from '@/scatter'

import type { ViewStore } from './viewState'

const left = new Map<string, Camera>()

/** Puts the view where its map was left, unless the address says where to look, and follows it from now on. */
export function rememberCamera(mapId: string, view: ViewStore): void {
  const camera = left.get(mapId)
  if (camera && !view.getState().camera) view.setState({ camera })
  view.subscribe((now, before) => {
    if (now.camera === before.camera) return
    if (now.camera) left.set(mapId, now.camera)
    else left.delete(mapId)
  })
}
