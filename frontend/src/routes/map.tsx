import { createRoute, useNavigate } from '@tanstack/react-router'

import { useProject } from '@/api/project'
import { ProjectBreadcrumb } from '@/app/ProjectBreadcrumb'
import { TopBarSlot } from '@/components/TopBarSlot'
import { Explorer, type ExplorerSearch, validateSearch } from '@/features/explorer'
import { Finder } from '@/features/finder/Finder'
import { JobPill } from '@/features/jobs/JobPill'

import { shellRoute } from './shell'

export const mapRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$namespace/$project/maps/$mapId',
  validateSearch,
  component: MapPage,
})

function MapPage() {
  const { namespace, project: name, mapId } = mapRoute.useParams()
  const { project } = useProject(namespace, name)
  const search = mapRoute.useSearch()
  const navigate = useNavigate({ from: mapRoute.fullPath })
  return (
    <>
      {project && (
        <TopBarSlot name="status">
          <Finder project={project} isCompact />
          <JobPill project={project} />
        </TopBarSlot>
      )}
      <Explorer
        key={mapId}
        mapId={mapId}
        search={search}
        onSearch={(next: ExplorerSearch) => void navigate({ search: next, replace: true })}
        breadcrumb={<ProjectBreadcrumb namespace={namespace} name={name} />}
      />
    </>
  )
}
