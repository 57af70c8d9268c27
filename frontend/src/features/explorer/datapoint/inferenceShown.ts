import type { ExplorerMap } from '../data/explorerMap'
import type { KnownDatapoint } from './DatapointTab'

/** Of all models' inferences, the one that the map shows. */
export function inferenceShown(known: KnownDatapoint, map: ExplorerMap, dataset: number) {
  const shown = map.datasets[dataset - 1].inferenceSet
  return known.inferences.find(({ inferenceSet }) => inferenceSet.id === shown?.id)
}
