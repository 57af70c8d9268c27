import { Box, Flex, Text } from '@chakra-ui/react'

import type { ProjectInfo } from '@/api/project'
import { Avatar } from '@/components/Avatar'
import { DataTable } from '@/components/DataTable'
import { formatPercent } from '@/components/format'
import { hasProgress, type Job, jobPhase } from '@/components/jobText'
import { ProgressBar } from '@/components/ProgressBar'
import { StateChip } from '@/components/StateChip'

import { Elapsed } from './Elapsed'
import { JobActions } from './JobActions'
import { JobTitle } from './JobTitle'

interface ActiveTableProps {
  project: ProjectInfo
  jobs: Job[]
  selected?: string
  onSelect: (jobId: string) => void
}

export function ActiveTable({ project, jobs, selected, onSelect }: ActiveTableProps) {
  return (
    <DataTable
      rows={jobs}
      keyOf={(job) => job.id}
      selectedKey={selected}
      onSelect={(job) => onSelect(job.id)}
      testId="active-jobs"
      columns={[
        { title: 'Job', cell: (job) => <JobTitle job={job} onSelect={onSelect} /> },
        { title: 'State', width: '88px', cell: (job) => <StateChip state={job.state} /> },
        { title: 'Progress', width: '264px', cell: (job) => <JobProgress job={job} /> },
        { title: 'Elapsed', width: '104px', cell: (job) => <Elapsed job={job} /> },
        {
          title: 'By',
          width: '48px',
          cell: (job) => job.requestedBy && <Avatar name={job.requestedBy.username} />,
        },
        { title: '', width: '96px', cell: (job) => <JobActions project={project} job={job} /> },
      ]}
    />
  )
}

export function JobProgress({ job }: { job: Job }) {
  return (
    <Box>
      <Flex justify="space-between" gap="8px" mb="4px">
        <Text color="text2" truncate>
          {jobPhase(job)}
        </Text>
        {job.fraction != null && hasProgress(job) && (
          <Text fontWeight={500}>{formatPercent(job.fraction)}</Text>
        )}
      </Flex>
      {hasProgress(job) && <ProgressBar fraction={job.fraction ?? null} label={`Progress of ${job.title}`} />}
    </Box>
  )
}
