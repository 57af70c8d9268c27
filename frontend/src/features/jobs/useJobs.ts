import { useEndless } from '@/api/endless'
import { useLiveQuery } from '@/api/live'
import { isActive } from '@/components/jobText'
import type { FinishedJobsQuery } from '@/gql/graphql'

import { ActiveJobs, FinishedJobs } from './documents'

const about = ['job', 'projection_set']
const pickJobs = (data: FinishedJobsQuery) => data.jobs

/** Jobs that run or wait; one that just ended leaves at once, the reading that follows confirms it. */
export function useActiveJobs(projectId: string) {
  const live = useLiveQuery({ query: ActiveJobs, variables: { projectId }, projectId, about })
  return { ...live, jobs: live.data?.jobs.edges.map(({ node }) => node).filter(isActive) }
}

export function useFinishedJobs(projectId: string, search: string) {
  return useEndless({
    query: FinishedJobs,
    variables: { projectId, search },
    pick: pickJobs,
    projectId,
    about,
    pageSize: 50,
  })
}
