import { Box, Flex, Grid, Skeleton } from '@chakra-ui/react'
import { Activity } from 'lucide-react'

import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { SectionHead } from '@/components/SectionHead'

import { ActiveTable } from './ActiveTable'
import { FinishedTable } from './FinishedTable'
import { JobPanel } from './JobPanel'
import { jobsSummary } from './summary'
import { useActiveJobs } from './useJobs'

interface JobsPageProps {
  project: ProjectInfo
  /** The job shown on the right; it lives in the address. */
  selected?: string
  onSelect: (jobId: string) => void
}

export function JobsPage({ project, selected, onSelect }: JobsPageProps) {
  const active = useActiveJobs(project.id)
  const shown = selected ?? active.jobs?.[0]?.id
  return (
    <Grid
      templateColumns={{ base: '1fr', xl: shown ? 'minmax(0, 1fr) 480px' : '1fr' }}
      gap="20px"
      alignItems="start"
    >
      <Flex direction="column" gap="16px" minW={0}>
        <section>
          <SectionHead title="Active" note={active.jobs && jobsSummary(active.jobs)} />
          <Card overflowX="auto">
            {!active.jobs && !active.error && <Skeleton h="81px" />}
            {!active.jobs && active.error && (
              <FailureState error={active.error} what="The list of jobs" onRetry={active.refresh} />
            )}
            {active.jobs?.length === 0 && (
              <EmptyState icon={Activity} title="Nothing runs now">
                Maps, thumbnails and large deletions are made by jobs. Start a map to see one here.
              </EmptyState>
            )}
            {active.jobs && active.jobs.length > 0 && (
              <ActiveTable project={project} jobs={active.jobs} selected={shown} onSelect={onSelect} />
            )}
          </Card>
        </section>
        <FinishedTable project={project} selected={shown} onSelect={onSelect} />
      </Flex>
      {shown && (
        <Box position={{ xl: 'sticky' }} top="16px">
          <JobPanel project={project} jobId={shown} />
        </Box>
      )}
    </Grid>
  )
}
