import { createRoute } from '@tanstack/react-router'

import { HistoryPage } from '@/features/history/HistoryPage'
import { JobPage } from '@/features/jobs/JobPage'
import { JobsPage } from '@/features/jobs/JobsPage'
import { MembersPage } from '@/features/members/MembersPage'

import { useProjectPage } from './context'
import { projectRoute } from './layout'
import { Tab } from './Tab'

const getParentRoute = () => projectRoute

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

const jobRoute = createRoute({
  getParentRoute,
  path: '/jobs/$jobId',
  component: function Job() {
    const { project } = useProjectPage()
    const { jobId } = jobRoute.useParams()
    return (
      <Tab>
        <JobPage project={project} jobId={jobId} />
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

/** What happened, what happens, and who may. */
export const recordRoutes = [jobsRoute, jobRoute, historyRoute, membersRoute] as const
