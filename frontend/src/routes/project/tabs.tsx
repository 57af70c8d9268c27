import { Box, Button } from '@chakra-ui/react'
import { createRoute } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { canEdit } from '@/api/project'
import { DatasetTable } from '@/features/datasets/DatasetTable'
import { HistoryPage } from '@/features/history/HistoryPage'
import { JobsPage } from '@/features/jobs/JobsPage'
import { MapSection } from '@/features/maps/MapSection'
import { MembersPage } from '@/features/members/MembersPage'
import { ModelSection } from '@/features/models/ModelSection'
import { TagSection } from '@/features/tags/TagSection'

import { useProjectPage } from './context'
import { projectRoute } from './layout'

const getParentRoute = () => projectRoute

const datasetsRoute = createRoute({
  getParentRoute,
  path: '/datasets',
  component: function Datasets() {
    const { project } = useProjectPage()
    return <Tab>{<DatasetTable project={project} />}</Tab>
  },
})

const mapsRoute = createRoute({
  getParentRoute,
  path: '/maps',
  component: function Maps() {
    const { project, openNewMap } = useProjectPage()
    const action = canEdit(project) && <Button onClick={openNewMap}>New map</Button>
    return (
      <Tab>
        <MapSection project={project} action={action} />
      </Tab>
    )
  },
})

const modelsRoute = createRoute({
  getParentRoute,
  path: '/models',
  component: function Models() {
    const { project } = useProjectPage()
    return (
      <Tab>
        <ModelSection project={project} />
      </Tab>
    )
  },
})

const jobsRoute = createRoute({
  getParentRoute,
  path: '/jobs',
  validateSearch: (search: Record<string, unknown>): { job?: string } =>
    typeof search.job === 'string' ? { job: search.job } : {},
  component: function Jobs() {
    const { project } = useProjectPage()
    const { job } = jobsRoute.useSearch()
    const navigate = jobsRoute.useNavigate()
    const select = (next: string) => void navigate({ search: { job: next }, replace: true })
    return (
      <Tab>
        <JobsPage project={project} selected={job} onSelect={select} />
      </Tab>
    )
  },
})

const tagsRoute = createRoute({
  getParentRoute,
  path: '/tags',
  component: function Tags() {
    const { project } = useProjectPage()
    return (
      <Tab maxW="720px">
        <TagSection project={project} />
      </Tab>
    )
  },
})

const historyRoute = createRoute({
  getParentRoute,
  path: '/history',
  component: function History() {
    const { project } = useProjectPage()
    return (
      <Tab maxW="720px">
        <HistoryPage project={project} />
      </Tab>
    )
  },
})

const membersRoute = createRoute({
  getParentRoute,
  path: '/members',
  component: function Members() {
    const { project, me, openInvite } = useProjectPage()
    return (
      <Tab maxW="880px">
        <MembersPage project={project} me={me} onInvite={openInvite} />
      </Tab>
    )
  },
})

export const tabRoutes = [
  datasetsRoute,
  mapsRoute,
  modelsRoute,
  jobsRoute,
  tagsRoute,
  historyRoute,
  membersRoute,
] as const

function Tab({ children, maxW }: { children: ReactNode; maxW?: string }) {
  return (
    <Box p="12px 24px 24px" maxW={maxW}>
      {children}
    </Box>
  )
}
