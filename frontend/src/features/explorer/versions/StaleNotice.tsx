import { useNavigate } from '@tanstack/react-router'

import { useVersionVerbs } from '@/api/mapVersions'
import { formatCount } from '@/components/format'
import { toast } from '@/components/toastStore'

import css from '../map/map.module.css'
import { useExplorer } from '../state/context'

/** Says that vectors were logged since the map was made, and offers the two ways to a newer version. */
export function StaleNotice() {
  const { map } = useExplorer().session
  const navigate = useNavigate()
  const { isPending, placeNew, refit } = useVersionVerbs(map.id, map.projectId, (errors) =>
    toast({ text: errors[0].message, tone: 'failed' }),
  )
  if (!map.isStale) return null

  async function open(made: Promise<string | null>) {
    const mapId = await made
    if (!mapId) return
    const params = { namespace: map.namespace, project: map.projectName, mapId }
    await navigate({ to: '/projects/$namespace/$project/maps/$mapId', params, search: {} })
  }

  return (
    <p className={css.notice} data-testid="stale-map">
      {staleText(map.newDatapointCount)}
      {map.canEdit && (
        <>
          <button
            type="button"
            disabled={isPending}
            title="A new version in seconds, on which all others stay where they are"
            onClick={() => void open(placeNew())}
          >
            Place them
          </button>
          <button
            type="button"
            disabled={isPending}
            title="A new version, fitted again from where this one lies"
            onClick={() => void open(refit())}
          >
            Fit again
          </button>
        </>
      )}
    </p>
  )
}

function staleText(newDatapointCount: number): string {
  if (newDatapointCount === 0) return 'Vectors were logged or removed since this map was made.'
  if (newDatapointCount === 1) return '1 newer datapoint is not on this map.'
  return `${formatCount(newDatapointCount)} newer datapoints are not on this map.`
}
