import { Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { FileUp } from 'lucide-react'

import { useEndless } from '@/api/endless'
import type { ProjectInfo } from '@/api/project'
import { CellLink } from '@/components/CellLink'
import { Chip } from '@/components/Chip'
import { EmptyState } from '@/components/EmptyState'
import { EntityList } from '@/components/EntityList'
import { formatBytes, formatCount, formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'
import type { ImportListQuery } from '@/gql/graphql'

import { ImportList } from './documents'
import { ImportMenu } from './ImportMenu'
import { stateTones, stateWords } from './states'

const pick = (data: ImportListQuery) => data.imports

/** The files that were sent to be logged. */
export function ImportTable({ project }: { project: ProjectInfo }) {
  const now = useNow()
  const list = useEndless({
    query: ImportList,
    variables: { projectId: project.id },
    pick,
    projectId: project.id,
    about: ['import', 'job'],
  })
  const params = { namespace: project.namespace, project: project.name }
  return (
    <EntityList
      title="Imports"
      nouns="imports"
      list={list}
      keyOf={(each) => each.id}
      testId="imports"
      empty={
        <EmptyState icon={FileUp} title="No imports yet">
          Drop a Parquet, CSV, JSON Lines or COCO file above. You see its first rows and say which column is
          what before anything is logged.
        </EmptyState>
      }
      columns={[
        {
          title: 'File',
          cell: (each) => (
            <CellLink>
              <Link
                to="/projects/$namespace/$project/imports/$importId"
                params={{ ...params, importId: each.id }}
              >
                {each.fileName}
              </Link>
            </CellLink>
          ),
        },
        {
          title: 'State',
          cell: (each) => <Chip tone={stateTones[each.state]}>{stateWords[each.state]}</Chip>,
        },
        { title: 'Into', cell: (each) => each.dataset?.name ?? <Text color="text3">not yet</Text> },
        {
          title: 'Rows',
          isNumber: true,
          cell: (each) => each.rowCount != null && formatCount(each.rowCount),
        },
        { title: 'Size', isNumber: true, cell: (each) => formatBytes(each.byteSize) },
        { title: 'Sent', cell: (each) => formatMoment(each.createdAt, now) },
        { title: 'By', cell: (each) => each.createdBy?.username ?? 'a former member' },
        { title: '', width: '48px', cell: (each) => <ImportMenu project={project} file={each} /> },
      ]}
    />
  )
}
