import { Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { Layers } from 'lucide-react'
import { useState } from 'react'

import type { ProjectInfo } from '@/api/project'
import { CellLink } from '@/components/CellLink'
import { Chip } from '@/components/Chip'
import { EmptyState } from '@/components/EmptyState'
import { EntityList } from '@/components/EntityList'
import { formatCount, formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'
import { useSettled } from '@/components/useSettled'

import { SliceMenu } from './SliceMenu'
import { useSlices } from './useSlices'

/** Every saved selection of a project. */
export function SliceTable({ project }: { project: ProjectInfo }) {
  const now = useNow()
  const [search, setSearch] = useState('')
  const list = useSlices(project.id, useSettled(search))
  const params = { namespace: project.namespace, project: project.name }
  return (
    <EntityList
      title="Slices"
      nouns="slices"
      list={list}
      keyOf={(slice) => slice.id}
      search={{ value: search, onChange: setSearch }}
      testId="slices"
      empty={
        <EmptyState icon={Layers} title="No slices yet">
          A slice is a selection with a name. Filter or lasso on a map and save it there, by its rule or
          frozen.
        </EmptyState>
      }
      columns={[
        {
          title: 'Slice',
          cell: (slice) => (
            <>
              <CellLink>
                <Link
                  to="/projects/$namespace/$project/slices/$sliceId"
                  params={{ ...params, sliceId: slice.id }}
                >
                  {slice.name}
                </Link>
              </CellLink>
              {slice.description && (
                <Text color="text2" truncate maxW="360px">
                  {slice.description}
                </Text>
              )}
            </>
          ),
        },
        { title: 'Kind', cell: (slice) => <Chip>{slice.isFrozen ? 'frozen' : 'rule'}</Chip> },
        { title: 'Datapoints', isNumber: true, cell: (slice) => formatCount(slice.datapointCount) },
        { title: 'Last change', cell: (slice) => formatMoment(slice.updatedAt, now) },
        { title: 'By', cell: (slice) => slice.createdBy?.username ?? 'a former member' },
        { title: '', width: '48px', cell: (slice) => <SliceMenu project={project} slice={slice} /> },
      ]}
    />
  )
}
