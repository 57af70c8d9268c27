import { Text } from '@chakra-ui/react'
import { useState } from 'react'

import type { ProjectInfo } from '@/api/project'
import { Avatar } from '@/components/Avatar'
import { EntityList } from '@/components/EntityList'
import { formatMoment } from '@/components/format'
import { jobPhase } from '@/components/jobText'
import { StateChip } from '@/components/StateChip'
import { useNow } from '@/components/useNow'
import { useSettled } from '@/components/useSettled'

import { Elapsed } from './Elapsed'
import { JobActions } from './JobActions'
import { JobTitle } from './JobTitle'
import { useFinishedJobs } from './useJobs'

interface FinishedTableProps {
  project: ProjectInfo
  selected?: string
  onSelect: (jobId: string) => void
}

/** Every job that ended, the newest first. */
export function FinishedTable({ project, selected, onSelect }: FinishedTableProps) {
  const now = useNow()
  const [search, setSearch] = useState('')
  const list = useFinishedJobs(project.id, useSettled(search))
  return (
    <EntityList
      title="Finished"
      nouns="jobs"
      list={list}
      keyOf={(job) => job.id}
      selectedKey={selected}
      onSelect={(job) => onSelect(job.id)}
      testId="finished-jobs"
      search={{ value: search, onChange: setSearch }}
      empty={
        <Text p="12px" color="text2">
          No job has ended yet.
        </Text>
      }
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
