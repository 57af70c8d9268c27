import { type ReactNode, useMemo } from 'react'

import { useCategoryColour } from '../parts/useCategoryColour'
import { useExplorer, useView } from '../state/context'
import { DatapointHostContext, type DatapointHost } from './host'
import { OnThisMap } from './OnThisMap'
import { openPoint, pointOf, stepBy } from './steps'

/** Within a map: its colours, its model, its list. A datapoint that is on the map is opened there. */
export function ExplorerHost({ children }: { children: ReactNode }) {
  const { session, refresh } = useExplorer()
  const dialog = useView((view) => view.dialog)
  const { map, view } = session
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
        const point = pointOf(session, datapointId)
        if (point >= 0) openPoint(session, point)
        else view.setState({ visiting: datapointId })
      },
      dialog: dialog === 'tag' || dialog === 'label' ? dialog : null,
      ask: (next) => view.setState({ dialog: next }),
      refresh,
      history: session.history,
      goOn: () => stepBy(session, 1),
      OnThisMap,
    }
  }, [session, map, view, colourOf, dialog, refresh])
  return <DatapointHostContext value={host}>{children}</DatapointHostContext>
}
