import { Button } from '@chakra-ui/react'
import { useNavigate } from '@tanstack/react-router'
import { Images, SquareDashed } from 'lucide-react'
import { useEffect, useState } from 'react'

import { countOf } from '@/components/format'
import { toast } from '@/components/toast'

import { postRows } from '../selection/postSelection'
import { useExplorer, useView } from '../state/context'
import { mapFor } from './counterparts'
import { hasObjects } from './objectColumns'
import css from './objects.module.css'
import { countRows, pointsOfRows, type Related, relatedTo, type RowsByDataset } from './related'
import { useRoleMaps } from './useRoleMaps'

/** The objects of these images, the images of these objects: how many there are, and the way to them. */
export function RelatedButtons() {
  const { session } = useExplorer()
  const related = useRelated()
  const { role, maps } = useRoleMaps()
  const show = useShowRows()
  if (!hasObjects(session) || !related || !role) return null
  const counts = { objects: countRows(related.objects), contexts: countRows(related.contexts) }
  return (
    <div className={css.related} role="group" aria-label="Related datapoints">
      {counts.objects > 0 && mapFor('objects', maps) && (
        <Button
          size="xs"
          onClick={() => show(related.objects, role === 'both' ? null : mapFor('objects', maps)!.id)}
          data-testid="show-objects"
        >
          <SquareDashed aria-hidden="true" />
          Show the {countOf(counts.objects, 'object')} inside
        </Button>
      )}
      {counts.contexts > 0 && mapFor('contexts', maps) && (
        <Button
          size="xs"
          onClick={() => show(related.contexts, role === 'both' ? null : mapFor('contexts', maps)!.id)}
          data-testid="show-contexts"
        >
          <Images aria-hidden="true" />
          {counts.contexts === 1 ? 'Show the image' : `Show the ${countOf(counts.contexts, 'image')}`} they
          lie in
        </Button>
      )}
    </div>
  )
}

/** Of the selection, or of all that is shown when nothing is selected. */
function useRelated(): Related | null {
  const { session } = useExplorer()
  const listVersion = useView((view) => view.listVersion)
  const [related, setRelated] = useState<Related | null>(null)
  useEffect(() => {
    let isWanted = true
    relatedTo(session, session.listed())
      .then((found) => isWanted && setRelated(found))
      .catch(() => isWanted && setRelated(null))
    return () => {
      isWanted = false
    }
  }, [session, listVersion])
  return related
}

/** Selects rows on another map, or on this one. */
function useShowRows(): (rows: RowsByDataset, mapId: string | null) => void {
  const { session } = useExplorer()
  const navigate = useNavigate()
  const { map } = session

  async function goTo(rows: RowsByDataset, mapId: string) {
    const selection = await postRows(
      map.projectId,
      [...rows].map(([code, each]) => [map.datasets[code - 1].id, each] as const),
    )
    await navigate({
      to: '/projects/$namespace/$project/maps/$mapId',
      params: { namespace: map.namespace, project: map.projectName, mapId },
      search: { selection },
    })
  }
  return (rows, mapId) => {
    if (mapId === null) return session.select(pointsOfRows(session, rows), 'replace')
    goTo(rows, mapId).catch((error: Error) => toast({ text: error.message, tone: 'failed' }))
  }
}
