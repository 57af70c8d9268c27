/** Keeps an open map equal to the server: reads the description again, and then the columns whose version changed. */

import type { Client } from 'urql'

import type { Session } from '../state/session'
import { describeMap, readProjectionSet } from './describeMap'
import { refreshPoints } from './loadPoints'

/** One reading at a time; a call that comes while one runs starts another after it, and waits for both. */
export function createRefresh(client: Client, session: Session, onGone: () => void): () => Promise<void> {
  let running: Promise<void> | null = null
  let isWantedAgain = false

  async function read() {
    const result = await readProjectionSet(client, session.map.id)
    if (!result) return onGone()
    const description = await describeMap(client, result, session.view.getState().modelId)
    const loaded = await refreshPoints(session.loaded, description, new AbortController().signal)
    await session.update(description.map, loaded)
  }
  async function readUntilCalm() {
    do {
      isWantedAgain = false
      await read()
    } while (isWantedAgain)
  }
  return () => {
    isWantedAgain = running !== null
    running ??= readUntilCalm().finally(() => (running = null))
    return running
  }
}
