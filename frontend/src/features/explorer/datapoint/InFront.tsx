import { ArrowLeft } from 'lucide-react'

import { useExplorer, useView } from '../state/context'
import { frontPoint } from '../state/viewState'
import css from './datapoint.module.css'
import { DatapointView } from './DatapointView'
import { ExplorerHost } from './ExplorerHost'
import head from './head.module.css'
import { ListButtons } from './ListButtons'

/** The datapoint in front: the opened point's, or the one visited from it. */
export function InFront({ layout }: { layout: 'docked' | 'large' }) {
  const { session } = useExplorer()
  const point = useView(frontPoint)
  const visiting = useView((view) => view.visiting)
  if (point === null) {
    return <p className={css.hint}>Click a point or a thumbnail to see all that is known about it.</p>
  }
  const { map, points } = session
  const own = `${map.datasets[points.dataset[point] - 1].id}:${points.row[point]}`
  return (
    <ExplorerHost>
      {visiting && (
        <button type="button" className={head.back} onClick={() => session.view.setState({ visiting: null })}>
          <ArrowLeft size={14} strokeWidth={1.5} aria-hidden="true" />
          Not on this map. Back to where you were
        </button>
      )}
      <DatapointView
        id={visiting ?? own}
        layout={layout}
        actions={<ListButtons point={point} layout={layout} />}
      />
    </ExplorerHost>
  )
}
