import { Button, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { LayoutGrid, Plus } from 'lucide-react'
import { useState } from 'react'

import { useEndless } from '@/api/endless'
import { canEdit, type ProjectInfo } from '@/api/project'
import { CellLink } from '@/components/CellLink'
import { Chip } from '@/components/Chip'
import { EmptyState } from '@/components/EmptyState'
import { EntityList } from '@/components/EntityList'
import { formatCount, formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'
import { useSettled } from '@/components/useSettled'
import type { DatasetListQuery, DatasetRowFragment } from '@/gql/graphql'

import { DatasetMenu } from './DatasetMenu'
import { DatasetList } from './documents'
import { NewDatasetDialog } from './NewDatasetDialog'
import { aboutDatasets } from './useDatasets'

const pick = (data: DatasetListQuery) => data.datasets

export function DatasetTable({ project }: { project: ProjectInfo }) {
  const [search, setSearch] = useState('')
  const [isCreating, setCreating] = useState(false)
  const now = useNow()
  const list = useEndless({
    query: DatasetList,
    variables: { projectId: project.id, search: useSettled(search) },
    pick,
    projectId: project.id,
    about: aboutDatasets,
  })
  return (
    <>
      <EntityList
        title="Datasets"
        nouns="datasets"
        list={list}
        keyOf={(dataset) => dataset.id}
        search={{ value: search, onChange: setSearch }}
        action={
          canEdit(project) && (
            <Button onClick={() => setCreating(true)}>
              <Plus />
              New dataset
            </Button>
          )
        }
        empty={
          <EmptyState icon={LayoutGrid} title="No datasets yet">
            A dataset is made by the first log into it, by importing a file, or here by its name. The overview
            shows the script.
          </EmptyState>
        }
        columns={[
          { title: 'Dataset', cell: (dataset) => <DatasetLink project={project} dataset={dataset} /> },
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
      {isCreating && <NewDatasetDialog project={project} onClose={() => setCreating(false)} />}
    </>
  )
}

function DatasetLink({ project, dataset }: { project: ProjectInfo; dataset: { id: string; name: string } }) {
  return (
    <CellLink>
      <Link
        to="/projects/$namespace/$project/datasets/$datasetId"
        params={{ namespace: project.namespace, project: project.name, datasetId: dataset.id }}
      >
        {dataset.name}
      </Link>
    </CellLink>
  )
}

function embeddings({ embeddingSets: { edges, totalCount } }: DatasetRowFragment): string {
  const sets = edges.map(({ node }) => `${node.layer.name}, ${node.dimension}-d`)
  if (totalCount > edges.length) sets.push(`${formatCount(totalCount - edges.length)} more`)
  return sets.join(' · ') || 'none'
}
