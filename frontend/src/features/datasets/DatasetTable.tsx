import { Skeleton, Text } from '@chakra-ui/react'
import { LayoutGrid } from 'lucide-react'

import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { Chip } from '@/components/Chip'
import { DataTable } from '@/components/DataTable'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { formatCount, formatMoment } from '@/components/format'
import { SectionHead } from '@/components/SectionHead'
import { useNow } from '@/components/useNow'

import { DatasetMenu } from './DatasetMenu'
import { type DatasetItem, useDatasets } from './useDatasets'

export function DatasetTable({ project }: { project: ProjectInfo }) {
  const { datasets, error, refresh } = useDatasets(project.id)
  const now = useNow()
  return (
    <section>
      <SectionHead title="Datasets" note={datasets?.length} />
      <Card overflowX="auto">
        {!datasets && !error && <Skeleton h="147px" />}
        {!datasets && error && <FailureState error={error} what="The list of datasets" onRetry={refresh} />}
        {datasets?.length === 0 && (
          <EmptyState icon={LayoutGrid} title="No datasets yet">
            A dataset is made by the first log into it. The overview shows the script.
          </EmptyState>
        )}
        {datasets && datasets.length > 0 && (
          <DataTable
            rows={datasets}
            keyOf={(dataset) => dataset.id}
            columns={[
              { title: 'Dataset', cell: (dataset) => <Text fontWeight={500}>{dataset.name}</Text> },
              { title: 'Kind', cell: (dataset) => <Chip>{dataset.kind.toLowerCase()}</Chip> },
              { title: 'Datapoints', isNumber: true, cell: (dataset) => formatCount(dataset.datapointCount) },
              { title: 'Labelled', isNumber: true, cell: (dataset) => formatCount(dataset.labelledCount) },
              { title: 'Embeddings', cell: (dataset) => <Text color="text2">{embeddings(dataset)}</Text> },
              { title: 'Last change', cell: (dataset) => formatMoment(dataset.updatedAt, now) },
              {
                title: '',
                width: '48px',
                cell: (dataset) => <DatasetMenu project={project} dataset={dataset} />,
              },
            ]}
          />
        )}
      </Card>
    </section>
  )
}

function embeddings(dataset: DatasetItem): string {
  const sets = dataset.embeddingSets.edges.map(({ node }) => `${node.layer.name}, ${node.dimension}-d`)
  return sets.join(' · ') || 'none'
}
