import { Text } from '@chakra-ui/react'

import { Avatar } from '@/components/Avatar'
import { DataTable } from '@/components/DataTable'
import { formatMoment } from '@/components/format'
import { jobPhase } from '@/components/jobText'
import { StateChip } from '@/components/StateChip'
import { useNow } from '@/components/useNow'

import type { JobTableProps } from './ActiveTable'
import { Elapsed } from './Elapsed'
import { JobActions } from './JobActions'
import { JobTitle } from './JobTitle'

export function FinishedTable({ project, jobs, selected, onSelect }: JobTableProps) {
  const now = useNow()
  return (
    <DataTable
      rows={jobs}
      keyOf={(job) => job.id}
      selectedKey={selected}
      onSelect={(job) => onSelect(job.id)}
      testId="finished-jobs"
      columns={[
        { title: 'Job', cell: (job) => <JobTitle job={job} onSelect={onSelect} /> },
        { title: 'State', width: '88px', cell: (job) => <StateChip state={job.state} /> },
        { title: 'Result', width: '224px', cell: (job) => <Text lineClamp={2}>{jobPhase(job)}</Text> },
        { title: 'Took', width: '64px', cell: (job) => <Elapsed job={job} /> },
        {
          title: 'Finished',
          width: '112px',
          cell: (job) => <Text color="text2">{job.finishedAt ? formatMoment(job.finishedAt, now) : ''}</Text>,
        },
        {
          title: 'By',
          width: '48px',
          cell: (job) => job.requestedBy && <Avatar name={job.requestedBy.username} />,
        },
        { title: '', width: '104px', cell: (job) => <JobActions project={project} job={job} /> },
      ]}
    />
  )
}
