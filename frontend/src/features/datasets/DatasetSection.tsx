import { Grid, Skeleton } from '@chakra-ui/react'

import type { ProjectInfo } from '@/api/project'
import { FailureState } from '@/components/FailureState'
import { countOf, formatCount } from '@/components/format'
import { SectionHead } from '@/components/SectionHead'

import { DatasetCard } from './DatasetCard'
import { useDatasets } from './useDatasets'

/** The datasets of a project as cards with their first datapoints. */
export function DatasetSection({ project }: { project: ProjectInfo }) {
  const { datasets, error, refresh } = useDatasets(project.id)
  const note = datasets && `${formatCount(datasets.length)}, ${countOf(total(datasets), 'datapoint')}`
  return (
    <section>
      <SectionHead title="Datasets" note={note} />
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

function total(datasets: { datapointCount: number }[]): number {
  return datasets.reduce((sum, each) => sum + each.datapointCount, 0)
}
