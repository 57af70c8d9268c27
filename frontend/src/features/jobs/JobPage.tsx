import { Box } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { Activity } from 'lucide-react'

import type { ProjectInfo } from '@/api/project'
import { PageHead } from '@/components/PageHead'

import { JobPanel } from './JobPanel'

/** One job at an address of its own. */
export function JobPage({ project, jobId }: { project: ProjectInfo; jobId: string }) {
  const params = { namespace: project.namespace, project: project.name }
  return (
    <Box maxW="880px">
      <PageHead
        back={
          <Link to="/projects/$namespace/$project/jobs" params={params}>
            Jobs
          </Link>
        }
        icon={Activity}
        name="Job"
      />
      <JobPanel project={project} jobId={jobId} isWhole />
    </Box>
  )
}
