import { Flex, IconButton, Skeleton } from '@chakra-ui/react'
import { Grid2X2, LayoutList } from 'lucide-react'
import { useState } from 'react'

import { useEndless } from '@/api/endless'
import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { formatCount } from '@/components/format'
import { SectionHead } from '@/components/SectionHead'
import { ShowMore } from '@/components/ShowMore'
import type { DatapointPageQuery } from '@/gql/graphql'

import { DatapointGrid } from './DatapointGrid'
import { DatapointTable } from './DatapointTable'
import { DatapointPage } from './documents'

const pick = (data: DatapointPageQuery) => data.datapoints

interface DatapointListProps {
  project: ProjectInfo
  datasetId: string
  totalCount: number
}

/** The datapoints of a dataset by row, as a table or as pictures, however many there are. */
export function DatapointList({ project, datasetId, totalCount }: DatapointListProps) {
  const [look, setLook] = useState<'table' | 'grid'>('table')
  const list = useEndless({
    query: DatapointPage,
    variables: { datasetId },
    pick,
    projectId: project.id,
    about: ['dataset', 'datapoint', 'tag', 'inference_set', 'category'],
  })
  const { nodes, error } = list
  return (
    <section>
      <SectionHead
        title="Datapoints"
        note={formatCount(totalCount)}
        action={
          <Flex role="group" aria-label="How datapoints are shown">
            <LookButton label="As a table" isOn={look === 'table'} onClick={() => setLook('table')}>
              <LayoutList />
            </LookButton>
            <LookButton label="As pictures" isOn={look === 'grid'} onClick={() => setLook('grid')}>
              <Grid2X2 />
            </LookButton>
          </Flex>
        }
      />
      <Card overflowX="auto">
        {!nodes && !error && <Skeleton h="320px" />}
        {!nodes && error && (
          <FailureState error={error} what="The list of datapoints" onRetry={list.refresh} />
        )}
        {nodes?.length === 0 && (
          <EmptyState icon={Grid2X2} title="No datapoints yet">
            Log some into this dataset from a script, or import a file.
          </EmptyState>
        )}
        {nodes && nodes.length > 0 && look === 'table' && <DatapointTable datapoints={nodes} />}
        {nodes && nodes.length > 0 && look === 'grid' && <DatapointGrid datapoints={nodes} />}
      </Card>
      {list.hasMore && (
        <ShowMore label="Show more datapoints" isPending={list.isLoadingMore} onMore={list.loadMore} />
      )}
    </section>
  )
}

interface LookButtonProps {
  label: string
  isOn: boolean
  onClick: () => void
  children: React.ReactNode
}

function LookButton({ label, isOn, ...props }: LookButtonProps) {
  return (
    <IconButton
      variant="ghost"
      size="xs"
      px="0"
      aria-label={label}
      aria-pressed={isOn}
      bg={isOn ? 'accentBg' : undefined}
      color={isOn ? 'accentText' : 'text2'}
      {...props}
    />
  )
}
