import { Button, Flex, Spinner } from '@chakra-ui/react'
import { createRoute, Outlet } from '@tanstack/react-router'
import { Plus, UserPlus, Waypoints } from 'lucide-react'
import { useMemo, useState } from 'react'

import { useLiveQuery } from '@/api/live'
import { type MeUser, useMe } from '@/api/me'
import { useProjectSubscription } from '@/api/news'
import { canEdit, isOwner, type ProjectInfo, useProject } from '@/api/project'
import { ProjectBreadcrumb } from '@/app/ProjectBreadcrumb'
import { FailureState } from '@/components/FailureState'
import { TopBarSlot } from '@/components/TopBarSlot'
import { Finder } from '@/features/finder/Finder'
import { JobPill } from '@/features/jobs/JobPill'
import { NewMapDialog } from '@/features/maps/newMap/NewMapDialog'
import { InviteDialog } from '@/features/members/InviteDialog'
import { ProjectHeader } from '@/features/project/documents'
import { LogDataDialog } from '@/features/project/LogDataDialog'
import { ProjectHead } from '@/features/project/ProjectHead'

import { shellRoute } from '../shell'
import { ProjectContext } from './context'

export const projectRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/projects/$namespace/$project',
  component: ProjectLayout,
})

function ProjectLayout() {
  const { namespace, project: name } = projectRoute.useParams()
  const { project, error, refresh } = useProject(namespace, name)
  const { me } = useMe()
  if (project && me) return <Loaded key={project.id} project={project} me={me} />
  if (error) return <FailureState error={error} what="This project" onRetry={refresh} />
  return (
    <Flex justify="center" p="48px">
      <Spinner aria-label="Loading" />
    </Flex>
  )
}

type OpenDialog = 'map' | 'log' | 'invite'

const headerIsAbout = [
  'project',
  'membership',
  'dataset',
  'projection_set',
  'model_architecture',
  'tag',
  'slice',
  'analysis',
  'job',
]

function Loaded({ project, me }: { project: ProjectInfo; me: MeUser }) {
  useProjectSubscription(project.id, project.lastSeq)
  const { data } = useLiveQuery({
    query: ProjectHeader,
    variables: { id: project.id },
    projectId: project.id,
    about: headerIsAbout,
  })
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const isEmpty = data?.project?.datasets.totalCount === 0
  const page = useMemo(
    () => ({
      project,
      me,
      isEmpty,
      openNewMap: () => setDialog('map'),
      openInvite: () => setDialog('invite'),
    }),
    [project, me, isEmpty],
  )
  return (
    <ProjectContext value={page}>
      <TopBarSlot>
        <ProjectBreadcrumb namespace={project.namespace} name={project.name} />
        <Finder project={project} />
      </TopBarSlot>
      <TopBarSlot name="status">
        <JobPill project={project} />
      </TopBarSlot>
      <ProjectHead
        project={project}
        header={data}
        me={me}
        actions={data?.project && <HeadActions project={project} isEmpty={isEmpty} onOpen={setDialog} />}
      />
      <Outlet />
      {dialog === 'map' && <NewMapDialog project={project} onClose={() => setDialog(null)} />}
      {dialog === 'log' && <LogDataDialog project={project} onClose={() => setDialog(null)} />}
      {dialog === 'invite' && <InviteDialog project={project} onClose={() => setDialog(null)} />}
    </ProjectContext>
  )
}

interface HeadActionsProps {
  project: ProjectInfo
  isEmpty: boolean
  onOpen: (dialog: OpenDialog) => void
}

/** What comes next: company for an empty project, then more data and maps. */
function HeadActions({ project, isEmpty, onOpen }: HeadActionsProps) {
  if (isEmpty) {
    return (
      isOwner(project) && (
        <Button onClick={() => onOpen('invite')}>
          <UserPlus />
          Add member
        </Button>
      )
    )
  }
  return (
    canEdit(project) && (
      <>
        <Button onClick={() => onOpen('log')}>
          <Plus />
          Log data
        </Button>
        <Button variant="solid" onClick={() => onOpen('map')}>
          <Waypoints />
          New map
        </Button>
      </>
    )
  )
}
