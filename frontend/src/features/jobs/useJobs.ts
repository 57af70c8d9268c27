import { useLiveQuery } from '@/api/live'
import { isActive } from '@/components/jobText'

import { ActiveJobs, FinishedJobs } from './documents'

const about = ['job', 'projection_set']

/** Jobs that run or wait; one that just ended leaves at once, the reading that follows confirms it. */
export function useActiveJobs(projectId: string) {
  const live = useLiveQuery({ query: ActiveJobs, variables: { projectId }, projectId, about })
  return { ...live, jobs: live.data?.jobs.edges.map(({ node }) => node).filter(isActive) }
}

export function useFinishedJobs(projectId: string, after: string | null) {
  const live = useLiveQuery({ query: FinishedJobs, variables: { projectId, after }, projectId, about })
  return { ...live, jobs: live.data?.jobs.edges.map(({ node }) => node) }
}
