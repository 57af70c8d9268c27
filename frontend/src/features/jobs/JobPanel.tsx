import { Box, Button, chakra, Flex, Heading, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { useQuery } from 'urql'

import { useLiveQuery } from '@/api/live'
import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { FailureState, NotThere } from '@/components/FailureState'
import { isActive } from '@/components/jobText'
import { Notice } from '@/components/Notice'
import { StateChip } from '@/components/StateChip'

import { JobProgress } from './ActiveTable'
import { JobDetail, MapOfJob } from './documents'
import { Elapsed } from './Elapsed'
import { JobActions } from './JobActions'
import { JobFigures } from './JobFigures'

interface JobPanelProps {
  project: ProjectInfo
  jobId: string
  /** On a page of its own, with the whole log. */
  isWhole?: boolean
}

/** One job in full: where it is, what it was asked to do, what it wrote down. */
export function JobPanel({ project, jobId, isWhole = false }: JobPanelProps) {
  const { data, error, refresh } = useLiveQuery({
    query: JobDetail,
    variables: { id: jobId },
    projectId: project.id,
    about: ['job'],
  })
  const job = data?.job
  if (!job) {
    if (error) return <FailureState error={error} what="This job" onRetry={refresh} />
    return data ? <NotThere what="This job" /> : null
  }
  return (
    <Card data-testid="job-panel">
      <Flex align="center" gap="8px" p="12px" borderBottomWidth="1px" borderColor="border" minH="52px">
        <Heading as="h2" textStyle="lead" fontWeight={600} truncate>
          {isWhole ? (
            job.title
          ) : (
            <Link
              to="/projects/$namespace/$project/jobs/$jobId"
              params={{ namespace: project.namespace, project: project.name, jobId }}
            >
              {job.title}
            </Link>
          )}
        </Heading>
        <StateChip state={job.state} />
        <Text ms="auto" textStyle="dense" color="text2" whiteSpace="nowrap">
          {isActive(job) ? 'Elapsed ' : 'Took '}
          <Elapsed job={job} />
        </Text>
        <JobActions project={project} job={job} hasRoom />
      </Flex>
      <Box p="12px" textStyle="dense">
        {job.state === 'FAILED' ? (
          <Notice tone="error">{job.error || 'The job failed.'}</Notice>
        ) : (
          <JobProgress job={job} />
        )}
        {job.parts && <JobFigures title="Parts" figures={partFigures(job.parts)} />}
        {job.targetType === 'projection_set' && <MapResult project={project} mapId={job.targetId} />}
        {job.log && <Log text={job.log} isWhole={isWhole} />}
        <Text color="text3" mt="12px">
          Attempt {Math.max(1, job.attempt)} of {job.maxAttempts}, {job.lane.toLowerCase()} lane.
          {isActive(job) && ' Closing this page does not stop the job.'}
        </Text>
      </Box>
    </Card>
  )
}

/** How many parts are in which state; only what there is. */
function partFigures(parts: object): object {
  const shown = Object.entries(parts).filter(([name, count]) => name !== '__typename' && count !== 0)
  return Object.fromEntries(shown)
}

function MapResult({ project, mapId }: { project: ProjectInfo; mapId: string }) {
  const [{ data }] = useQuery({
    query: MapOfJob,
    variables: { id: mapId },
    requestPolicy: 'cache-and-network',
  })
  const map = data?.projectionSet
  if (!map) return null
  const { method, parameters, seed } = map.projector
  return (
    <Box mt="12px">
      <JobFigures title="Parameters" figures={{ method, ...(parameters as object), seed }} />
      {map.quality != null && <JobFigures title="Quality" figures={map.quality as object} />}
      {map.finishedAt && (
        <Button asChild mt="12px">
          <Link
            to="/projects/$namespace/$project/maps/$mapId"
            params={{ namespace: project.namespace, project: project.name, mapId }}
          >
            Open map {map.name}
          </Link>
        </Button>
      )}
    </Box>
  )
}

function Log({ text, isWhole }: { text: string; isWhole: boolean }) {
  return (
    <Box mt="12px">
      <Text fontWeight={500} mb="4px">
        Log
      </Text>
      <chakra.pre
        textStyle="mono"
        bg="sunk"
        borderRadius="control"
        p="8px"
        maxH={isWhole ? '60vh' : '200px'}
        overflow="auto"
        whiteSpace="pre-wrap"
      >
        {text}
      </chakra.pre>
    </Box>
  )
}
