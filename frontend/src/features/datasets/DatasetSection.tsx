import { Grid, Skeleton } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'

import type { ProjectInfo } from '@/api/project'
import { FailureState } from '@/components/FailureState'
import { countOf, formatCount } from '@/components/format'
import { SectionHead } from '@/components/SectionHead'
import { SeeAll } from '@/components/SeeAll'

import { DatasetCard } from './DatasetCard'
import { useDatasets } from './useDatasets'

/** The datasets of a project as cards with their first datapoints. */
export function DatasetSection({ project }: { project: ProjectInfo }) {
  const { datasets, data, error, refresh } = useDatasets(project.id)
  const { namespace, name } = project
  const totalCount = data?.datasets.totalCount ?? 0
  const note =
    data && `${formatCount(totalCount)}, ${countOf(data.project?.datapointCount ?? 0, 'datapoint')}`
  const all = datasets && totalCount > datasets.length && (
    <SeeAll>
      <Link to="/projects/$namespace/$project/datasets" params={{ namespace, project: name }}>
        See all
      </Link>
    </SeeAll>
  )
  return (
    <section>
      <SectionHead title="Datasets" note={note} action={all} />
      {error && !datasets && <FailureState error={error} what="The list of datasets" onRetry={refresh} />}
      <Grid templateColumns="repeat(auto-fill, minmax(300px, 1fr))" gap="12px">
        {!datasets &&
          !error &&
          [0, 1, 2].map((each) => <Skeleton key={each} h="152px" borderRadius="card" />)}
        {datasets?.map((dataset) => (
          <DatasetCard key={dataset.id} project={project} dataset={dataset} />
        ))}
      </Grid>
    </section>
  )
}
