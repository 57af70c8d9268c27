import { chakra } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'

import type { ProjectInfo } from '@/api/project'
import { formatPercent } from '@/components/format'
import { ProgressRing } from '@/components/ProgressRing'

import { useActiveJobs } from './useJobs'

/** The running job, in the top bar of every page of its project. */
export function JobPill({ project }: { project: ProjectInfo }) {
  const { jobs } = useActiveJobs(project.id)
  const job = jobs?.find((each) => each.state === 'RUNNING') ?? jobs?.[0]
  if (!job || !jobs) return null
  const others = jobs.length - 1
  return (
    <chakra.span
      css={{
        '& a': {
          display: 'flex',
          alignItems: 'center',
          gap: '8px',
          h: '28px',
          px: '10px',
          borderWidth: '1px',
          borderColor: 'borderStrong',
          borderRadius: 'full',
          bg: 'raised',
          color: 'text',
          textStyle: 'dense',
          fontWeight: 500,
          whiteSpace: 'nowrap',
        },
        '& a:hover': { bg: 'hover' },
      }}
    >
      <Link
        to="/projects/$namespace/$project/jobs"
        params={{ namespace: project.namespace, project: project.name }}
      >
        <ProgressRing fraction={job.fraction ?? null} />
        <chakra.span maxW="180px" truncate>
          {job.title}
        </chakra.span>
        <chakra.span color="text2" fontWeight={400}>
          {job.fraction == null ? '' : formatPercent(job.fraction)}
          {others > 0 && ` +${others}`}
        </chakra.span>
      </Link>
    </chakra.span>
  )
}
