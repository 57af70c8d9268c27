import { createRoute, useNavigate } from '@tanstack/react-router'

import { ProjectBreadcrumb } from '@/app/ProjectBreadcrumb'
import { Explorer, type ExplorerSearch, validateSearch } from '@/features/explorer'

import { shellRoute } from './shell'

export const mapRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$namespace/$project/maps/$mapId',
  validateSearch,
  component: MapPage,
})

function MapPage() {
  const { namespace, project, mapId } = mapRoute.useParams()
  const search = mapRoute.useSearch()
  const navigate = useNavigate({ from: mapRoute.fullPath })
  return (
    <Explorer
      key={mapId}
      mapId={mapId}
      search={search}
      onSearch={(next: ExplorerSearch) => void navigate({ search: next, replace: true })}
      breadcrumb={<ProjectBreadcrumb namespace={namespace} name={project} />}
    />
  )
}
