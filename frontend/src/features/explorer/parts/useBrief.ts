import { useEffect, useSyncExternalStore } from 'react'

import type { Brief } from '../data/briefs'
import { useExplorer } from '../state/context'

/** Key, text and thumbnail of one datapoint, once the server has told them. */
export function useBrief(point: number): Brief | undefined {
  const { briefs } = useExplorer().session
  useEffect(() => briefs.request(point), [briefs, point])
  return useSyncExternalStore(briefs.subscribe, () => briefs.get(point))
}
