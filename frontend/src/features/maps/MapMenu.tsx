import { useNavigate } from '@tanstack/react-router'
import { Info } from 'lucide-react'

import type { ProjectInfo } from '@/api/project'
import { type EntityAction, EntityMenu } from '@/components/EntityMenu'

import { DeleteProjectionSet, RenameProjectionSet } from './documents'

interface MapMenuProps {
  project: ProjectInfo
  map: { id: string; editVersion: number; name: string }
  /** Verbs before the common ones. */
  actions?: EntityAction[]
  onDeleted?: () => void
}

export function MapMenu({ project, map: { id, editVersion, name }, actions, onDeleted }: MapMenuProps) {
  const navigate = useNavigate()
  const about: EntityAction = {
    text: 'About this map',
    icon: Info,
    isReading: true,
    run: () =>
      void navigate({
        to: '/projects/$namespace/$project/maps/$mapId/about',
        params: { namespace: project.namespace, project: project.name, mapId: id },
      }),
  }
  return (
    <EntityMenu
      project={project}
      noun="map"
      name={name}
      actions={actions ?? [about]}
      rename={{
        mutation: RenameProjectionSet,
        input: (next) => ({ id, name: next, expectedVersion: editVersion }),
      }}
      remove={{
        mutation: DeleteProjectionSet,
        input: { id },
        consequences:
          'The positions are deleted. Datapoints, labels and embeddings stay, so that the map can be made again.',
        onDone: onDeleted,
      }}
    />
  )
}
