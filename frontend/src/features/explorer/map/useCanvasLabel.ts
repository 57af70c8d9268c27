import { formatCount } from '@/components/format'

import { useExplorer, useView } from '../state/context'

/** What the picture shows, for those who do not see it. */
export function useCanvasLabel(): string {
  const { session } = useExplorer()
  const shown = useView((view) => view.shownCount)
  const selected = useView((view) => view.selectedCount)
  const colourBy = useView((view) => view.colourBy)
  const total = formatCount(session.points.count)
  return `Map ${session.map.name}: ${formatCount(shown)} of ${total} datapoints shown, coloured by ${colourBy}, ${formatCount(selected)} selected`
}
