import { Flex, IconButton, NativeSelect, Skeleton, Text } from '@chakra-ui/react'
import { Grid2X2, LayoutList } from 'lucide-react'
import { useState } from 'react'

import { useEndless } from '@/api/endless'
import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { formatCount } from '@/components/format'
import { SearchField } from '@/components/SearchField'
import { SectionHead } from '@/components/SectionHead'
import { ShowMore } from '@/components/ShowMore'
import { useSettled } from '@/components/useSettled'
import type { DatapointPageQuery, DatapointRole } from '@/gql/graphql'

import { DatapointGrid } from './DatapointGrid'
import { DatapointTable } from './DatapointTable'
import { DatapointPage } from './documents'

const pick = (data: DatapointPageQuery) => data.datapoints

interface DatapointListProps {
  project: ProjectInfo
  dataset: { id: string; datapointCount: number; objectCount: number }
}

/** The datapoints of a dataset by row, as a table or as pictures, however many there are. */
export function DatapointList({ project, dataset }: DatapointListProps) {
  const [role, setRole] = useState<DatapointRole>('CONTEXT')
  const [search, setSearch] = useState('')
  const [look, setLook] = useState<'table' | 'grid'>('table')
  const list = useEndless({
    query: DatapointPage,
    variables: { datasetId: dataset.id, role, search: useSettled(search) },
    pick,
    projectId: project.id,
    about: ['dataset', 'datapoint', 'tag', 'inference_set', 'category'],
  })
  const { nodes, error } = list
  return (
    <section>
      <SectionHead
        title="Datapoints"
        note={formatCount(role === 'CONTEXT' ? dataset.datapointCount : dataset.objectCount)}
        action={
          <>
            {dataset.objectCount > 0 && <RoleChoice role={role} onChange={setRole} />}
            <SearchField label="Search keys and texts" value={search} onChange={setSearch} />
            <Flex role="group" aria-label="How datapoints are shown">
              <LookButton label="As a table" isOn={look === 'table'} onClick={() => setLook('table')}>
                <LayoutList />
              </LookButton>
              <LookButton label="As pictures" isOn={look === 'grid'} onClick={() => setLook('grid')}>
                <Grid2X2 />
              </LookButton>
            </Flex>
          </>
        }
      />
      <Card overflowX="auto">
        {!nodes && !error && <Skeleton h="320px" />}
        {!nodes && error && (
          <FailureState error={error} what="The list of datapoints" onRetry={list.refresh} />
        )}
        {nodes?.length === 0 && search.trim() !== '' && (
          <Text p="16px 12px" color="text2">
            No key or text here contains “{search}”.
          </Text>
        )}
        {nodes?.length === 0 && search.trim() === '' && (
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

/** Whole resources, or the regions inside them. */
function RoleChoice({ role, onChange }: { role: DatapointRole; onChange: (role: DatapointRole) => void }) {
  return (
    <NativeSelect.Root size="sm" w="112px">
      <NativeSelect.Field
        aria-label="Contexts or objects"
        value={role}
        onChange={(event) => onChange(event.target.value as DatapointRole)}
      >
        <option value="CONTEXT">contexts</option>
        <option value="OBJECT">objects</option>
      </NativeSelect.Field>
      <NativeSelect.Indicator />
    </NativeSelect.Root>
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
