import { useExplorer, useView } from './context'
import { frontPoint } from './viewState'

/** The points that an action is about: the open datapoint while its tab is in front, otherwise the selection. */
export function useTargets(): Uint32Array {
  const { session } = useExplorer()
  const opened = useView(frontPoint)
  useView((view) => view.selectionVersion)
  return opened === null ? session.selection : Uint32Array.of(opened)
}
