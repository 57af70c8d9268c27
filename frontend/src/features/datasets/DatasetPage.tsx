import { Flex, Grid, Skeleton } from '@chakra-ui/react'
import { Link, useNavigate } from '@tanstack/react-router'
import { LayoutGrid } from 'lucide-react'
import type { ReactNode } from 'react'

import { useLiveQuery } from '@/api/live'
import type { ProjectInfo } from '@/api/project'
import { NotThere, FailureState } from '@/components/FailureState'
import { PageHead } from '@/components/PageHead'

import { DatapointList } from './datapoints/DatapointList'
import { DatasetFigures } from './detail/DatasetFigures'
import { DatasetSets } from './detail/DatasetSets'
import { LabelMix } from './detail/LabelMix'
import { MetadataFields } from './detail/MetadataFields'
import { DatasetMenu } from './DatasetMenu'
import { DatasetDetail } from './documents'
import { KindSelect } from './KindSelect'
import { aboutDatasets } from './useDatasets'

interface DatasetPageProps {
  project: ProjectInfo
  datasetId: string
  /** Verbs that other features bring. */
  actions?: (dataset: { id: string; name: string; objectCount: number }) => ReactNode
}

/** One dataset in full: what is in it, what was logged about it, and its datapoints. */
export function DatasetPage({ project, datasetId, actions }: DatasetPageProps) {
  const navigate = useNavigate()
  const { data, error, refresh } = useLiveQuery({
    query: DatasetDetail,
    variables: { id: datasetId },
    projectId: project.id,
    about: [...aboutDatasets, 'category', 'datapoint'],
  })
  const params = { namespace: project.namespace, project: project.name }
  const dataset = data?.dataset
  if (!dataset) {
    if (error) return <FailureState error={error} what="This dataset" onRetry={refresh} />
    return data ? <NotThere what="This dataset" /> : <Skeleton h="320px" />
  }
  return (
    <>
      <PageHead
        back={
          <Link to="/projects/$namespace/$project/datasets" params={params}>
            Datasets
          </Link>
        }
        icon={LayoutGrid}
        name={dataset.name}
        marks={<KindSelect project={project} dataset={dataset} />}
        actions={
          <>
            {actions?.(dataset)}
            <DatasetMenu
              project={project}
              dataset={dataset}
              onDeleted={() => void navigate({ to: '/projects/$namespace/$project/datasets', params })}
            />
          </>
        }
      />
      <Grid templateColumns={{ base: '1fr', lg: 'minmax(0, 1fr) 360px' }} gap="20px" alignItems="start">
        <DatapointList project={project} dataset={dataset} />
        <Flex direction="column" gap="16px" minW={0}>
          <DatasetFigures dataset={dataset} />
          <LabelMix dataset={dataset} />
          <MetadataFields fields={dataset.metadataFields} />
          <DatasetSets project={project} dataset={dataset} />
        </Flex>
      </Grid>
    </>
  )
}
