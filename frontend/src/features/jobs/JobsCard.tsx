import { Box, Flex, Skeleton, Text } from '@chakra-ui/react'

import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { FailureState } from '@/components/FailureState'
import { formatPercent } from '@/components/format'
import { hasProgress, type Job, jobPhase } from '@/components/jobText'
import { ProgressBar } from '@/components/ProgressBar'
import { SectionHead } from '@/components/SectionHead'
import { StateChip } from '@/components/StateChip'

import { Elapsed } from './Elapsed'
import { JobActions } from './JobActions'
import { jobsSummary } from './summary'
import { useActiveJobs } from './useJobs'

/** What runs and waits now, on the overview. */
export function JobsCard({ project }: { project: ProjectInfo }) {
  const { jobs, error, refresh } = useActiveJobs(project.id)
  return (
    <section>
      <SectionHead title="Jobs" note={jobs && jobsSummary(jobs)} />
      <Card>
        {!jobs && !error && <Skeleton h="92px" />}
        {!jobs && error && <FailureState error={error} what="The list of jobs" onRetry={refresh} />}
        {jobs?.length === 0 && (
          <Text color="text2" p="12px">
            Nothing runs now. Maps and deletions show their progress here.
          </Text>
        )}
        {jobs?.map((job, index) => (
          <Box key={job.id} borderTopWidth={index === 0 ? '0' : '1px'} borderColor="border">
            <JobItem project={project} job={job} />
          </Box>
        ))}
      </Card>
    </section>
  )
}

function JobItem({ project, job }: { project: ProjectInfo; job: Job }) {
  return (
    <Flex direction="column" gap="4px" p="10px 12px" textStyle="dense" data-testid="job-row">
      <Flex justify="space-between" gap="8px" align="center">
        <Text textStyle="body" fontWeight={500} truncate>
          {job.title}
        </Text>
        <StateChip state={job.state} />
      </Flex>
      {hasProgress(job) && (
        <>
          <Flex justify="space-between" gap="8px" color="text2">
            <Text truncate>{jobPhase(job)}</Text>
            <Text color="text">{job.fraction == null ? '' : formatPercent(job.fraction)}</Text>
          </Flex>
          <ProgressBar fraction={job.fraction ?? null} label={`Progress of ${job.title}`} />
        </>
      )}
      <Flex gap="8px" color="text2" align="center">
        {job.state === 'QUEUED' && !hasProgress(job) ? (
          <Text>{jobPhase(job)}</Text>
        ) : (
          <Text>
            Elapsed <Elapsed job={job} />
          </Text>
        )}
        {job.requestedBy && <Text color="text3">by {job.requestedBy.username}</Text>}
        <Box ms="auto">
          <JobActions project={project} job={job} isPlain />
        </Box>
      </Flex>
    </Flex>
  )
}
