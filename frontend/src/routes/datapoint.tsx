import { Flex, Spinner } from '@chakra-ui/react'
import { createRoute } from '@tanstack/react-router'
import { useCallback } from 'react'

import { useProject } from '@/api/project'
import { ProjectBreadcrumb } from '@/app/ProjectBreadcrumb'
import { FailureState } from '@/components/FailureState'
import { TopBarSlot } from '@/components/TopBarSlot'
import { DatapointPage } from '@/features/explorer'
import { Finder } from '@/features/finder/Finder'

import { shellRoute } from './shell'

export const datapointRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$namespace/$project/datapoints/$datapointId',
  component: Page,
})

function Page() {
  const { namespace, project: name, datapointId } = datapointRoute.useParams()
  const { project, error, refresh } = useProject(namespace, name)
  const navigate = datapointRoute.useNavigate()
  const show = useCallback(
    (next: string) => void navigate({ params: (before) => ({ ...before, datapointId: next }) }),
    [navigate],
  )
  if (project) {
    return (
      <>
        <TopBarSlot name="status">
          <Finder project={project} isCompact />
        </TopBarSlot>
        <DatapointPage
          project={project}
          datapointId={datapointId}
          onShow={show}
          breadcrumb={<ProjectBreadcrumb namespace={namespace} name={name} />}
        />
      </>
    )
  }
  if (error) return <FailureState error={error} what="This project" onRetry={refresh} />
  return (
    <Flex justify="center" p="48px">
      <Spinner aria-label="Loading" />
    </Flex>
  )
}
