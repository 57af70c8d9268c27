import { useNavigate } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'

import { useNewestMap } from '@/api/newestMap'
import type { ProjectInfo } from '@/api/project'
import { type EntityAction, EntityMenu } from '@/components/EntityMenu'
import { countOf } from '@/components/format'

import { DeleteTag, RenameTag } from './documents'

interface TagMenuProps {
  project: ProjectInfo
  tag: { id: string; editVersion: number; name: string; datapointCount: number }
}

export function TagMenu({ project, tag: { id, editVersion, name, datapointCount } }: TagMenuProps) {
  return (
    <EntityMenu
      project={project}
      noun="tag"
      name={name}
      actions={useOpenOnMap(project, id)}
      rename={{ mutation: RenameTag, input: (next) => ({ id, name: next, expectedVersion: editVersion }) }}
      remove={{
        mutation: DeleteTag,
        input: { id },
        consequences: `It is taken off ${countOf(datapointCount, 'datapoint')}. The datapoints stay.`,
      }}
    />
  )
}

function useOpenOnMap(project: ProjectInfo, tagId: string): EntityAction[] {
  const map = useNewestMap(project.id)
  const navigate = useNavigate()
  if (!map) return []
  const params = { namespace: project.namespace, project: project.name, mapId: map.id }
  return [
    {
      text: `Open on map ${map.name}`,
      icon: Waypoints,
      isReading: true,
      run: () =>
        void navigate({
          to: '/projects/$namespace/$project/maps/$mapId',
          params,
          search: { show: `tag.only.${tagId}` },
        }),
    },
  ]
}
