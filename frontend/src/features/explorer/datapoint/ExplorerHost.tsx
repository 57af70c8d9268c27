import { type ReactNode, useMemo } from 'react'

import { useCategoryColour } from '../parts/useCategoryColour'
import { useExplorer, useView } from '../state/context'
import { DatapointHostContext, type DatapointHost } from './host'
import { openPoint, stepBy } from './steps'

/** Within a map: its colours, its model, its list. A datapoint that is on the map is opened there. */
export function ExplorerHost({ children }: { children: ReactNode }) {
  const { session, refresh } = useExplorer()
  const dialog = useView((view) => view.dialog)
  const { map, points, view } = session
  const colourOf = useCategoryColour()
  const host = useMemo((): DatapointHost => {
    return {
      projectId: map.projectId,
      namespace: map.namespace,
      projectName: map.projectName,
      canEdit: map.canEdit,
      modelId: map.model?.id ?? null,
      categories: map.categories.map(({ id, name }) => ({ id: String(id), name, colour: colourOf(id) })),
      tags: map.tags,
      colourOf,
      show(datapointId) {
        const point = pointOf(datapointId)
        if (point >= 0) openPoint(session, point)
        else view.setState({ visiting: datapointId })
      },
      dialog: dialog === 'tag' || dialog === 'label' ? dialog : null,
      ask: (next) => view.setState({ dialog: next }),
      refresh,
      history: session.history,
      goOn: () => stepBy(session, 1),
    }
    function pointOf(datapointId: string): number {
      const [datasetId, row] = datapointId.split(':')
      const dataset = map.datasets.findIndex(({ id }) => id === datasetId) + 1
      return dataset === 0
        ? -1
        : points.row.findIndex((each, k) => each === Number(row) && points.dataset[k] === dataset)
    }
  }, [session, map, points, view, colourOf, dialog, refresh])
  return <DatapointHostContext value={host}>{children}</DatapointHostContext>
}
