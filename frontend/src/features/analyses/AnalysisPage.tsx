import { Box, Flex, Grid, Skeleton } from '@chakra-ui/react'
import { Link, useNavigate } from '@tanstack/react-router'
import { Gauge } from 'lucide-react'

import { useLiveQuery } from '@/api/live'
import type { ProjectInfo } from '@/api/project'
import { Chip } from '@/components/Chip'
import { FailureState, NotThere } from '@/components/FailureState'
import { isActive, jobPhase } from '@/components/jobText'
import { Notice } from '@/components/Notice'
import { PageHead } from '@/components/PageHead'
import { ProgressBar } from '@/components/ProgressBar'
import { StateChip } from '@/components/StateChip'

import { AnalysisMenu } from './AnalysisMenu'
import { AnalysisDetail } from './documents'
import { AnalysisFacts } from './result/AnalysisFacts'
import { CategoryResults } from './result/CategoryResults'
import { ScoreSets } from './result/ScoreSets'
import { SummaryFigures } from './result/SummaryFigures'
import { kindWords } from './words'

interface AnalysisPageProps {
  project: ProjectInfo
  analysisId: string
}

/** One analysis: what came out, in figures, and the scores to look at on a map. */
export function AnalysisPage({ project, analysisId }: AnalysisPageProps) {
  const navigate = useNavigate()
  const { data, error, refresh } = useLiveQuery({
    query: AnalysisDetail,
    variables: { id: analysisId },
    projectId: project.id,
    about: ['analysis', 'job'],
  })
  const params = { namespace: project.namespace, project: project.name }
  const analysis = data?.analysis
  if (!analysis) {
    if (error) return <FailureState error={error} what="This analysis" onRetry={refresh} />
    return data ? <NotThere what="This analysis" /> : <Skeleton h="240px" />
  }
  const { job } = analysis
  return (
    <>
      <PageHead
        back={
          <Link to="/projects/$namespace/$project/analyses" params={params}>
            Analyses
          </Link>
        }
        icon={Gauge}
        name={analysis.name}
        marks={
          <>
            <Chip>{kindWords[analysis.kind].toLowerCase()}</Chip>
            {job && job.state !== 'DONE' && <StateChip state={job.state} />}
          </>
        }
        actions={
          <AnalysisMenu
            project={project}
            analysis={analysis}
            onDeleted={() => void navigate({ to: '/projects/$namespace/$project/analyses', params })}
          />
        }
      />
      <Flex direction="column" gap="12px">
        {job && isActive(job) && (
          <Box maxW="480px">
            <p>{jobPhase(job)}</p>
            <ProgressBar fraction={job.fraction ?? null} label={`Progress of ${analysis.name}`} />
          </Box>
        )}
        {job?.state === 'FAILED' && (
          <Notice tone="error">
            {job.error}{' '}
            <Link to="/projects/$namespace/$project/jobs/$jobId" params={{ ...params, jobId: job.id }}>
              See the job and run it again
            </Link>
          </Notice>
        )}
        {analysis.notes.map((note) => (
          <Notice key={note} tone="warning">
            {note}
          </Notice>
        ))}
        <Grid templateColumns={{ base: '1fr', lg: 'minmax(0, 1fr) 360px' }} gap="20px" alignItems="start">
          <Flex direction="column" gap="16px" minW={0}>
            <ScoreSets project={project} analysis={analysis} />
            <CategoryResults summary={analysis.summary} />
          </Flex>
          <Flex direction="column" gap="16px" minW={0}>
            <SummaryFigures summary={analysis.summary} />
            <AnalysisFacts analysis={analysis} />
          </Flex>
        </Grid>
      </Flex>
    </>
  )
}
