/** Where each map was left, for as long as the page lives: back and forth between maps finds them as they were. */

import type { Camera } from '@/scatter'

import type { ViewStore } from './viewState'

const left = new Map<string, Camera>()

/** Puts the view where its map was left, unless the address says where to look, and follows it from now on. */
export function rememberCamera(mapId: string, view: ViewStore): void {
  const camera = left.get(mapId)
  if (camera && !view.getState().camera) view.setState({ camera })
  view.subscribe((now, before) => {
    if (now.camera !== before.camera) keepCamera(mapId, now.camera)
  })
}

/** Where people look on a map, null for the whole of it: also on one that still grows. */
export function keepCamera(mapId: string, camera: Camera | null): void {
  if (camera) left.set(mapId, camera)
  else left.delete(mapId)
}
