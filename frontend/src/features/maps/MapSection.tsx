import { Box, Grid, Skeleton, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { Map as MapIcon } from 'lucide-react'
import { type ReactNode, useState } from 'react'

import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { formatCount } from '@/components/format'
import { SearchField } from '@/components/SearchField'
import { SectionHead } from '@/components/SectionHead'
import { SeeAll } from '@/components/SeeAll'
import { ShowMore } from '@/components/ShowMore'
import { useSettled } from '@/components/useSettled'

import { MapCard } from './MapCard'
import { useCategoryColours, useMaps } from './useMaps'

interface MapSectionProps {
  project: ProjectInfo
  /** The verb that makes a first map, for those who may. */
  action?: ReactNode
  /** On the overview: the newest few. */
  isBrief?: boolean
}

const briefLength = 8
const pageLength = 48

export function MapSection({ project, action, isBrief = false }: MapSectionProps) {
  const [search, setSearch] = useState('')
  const asked = useSettled(search)
  const list = useMaps(project.id, asked, isBrief ? briefLength : pageLength)
  const colourOf = useCategoryColours(project.id)
  const { totalCount = 0, error } = list
  const maps = isBrief ? list.nodes?.slice(0, briefLength) : list.nodes
  const isSearching = asked.trim() !== ''
  return (
    <section>
      <SectionHead
        title="Maps"
        note={maps && (isSearching ? `${formatCount(totalCount)} found` : formatCount(totalCount))}
        action={
          isBrief
            ? totalCount > briefLength && <AllMaps project={project} />
            : (isSearching || totalCount > briefLength) && (
                <SearchField label="Search maps" value={search} onChange={setSearch} />
              )
        }
      />
      {error && !maps && <FailureState error={error} what="The list of maps" onRetry={list.refresh} />}
      {maps?.length === 0 && (
        <Card>
          {isSearching ? (
            <Text p="16px 12px" color="text2">
              None of the maps has “{asked}” in its name.
            </Text>
          ) : (
            <EmptyState icon={MapIcon} title="No maps yet" action={action}>
              A map places datapoints with similar embeddings next to each other. It needs a dataset with
              embeddings.
            </EmptyState>
          )}
        </Card>
      )}
      <Grid templateColumns="repeat(auto-fill, minmax(232px, 1fr))" gap="12px">
        {!maps && !error && [0, 1, 2].map((each) => <Skeleton key={each} h="246px" borderRadius="card" />)}
        {maps?.map((map) => (
          <Box key={map.id} css={{ contentVisibility: 'auto', containIntrinsicSize: '232px 266px' }}>
            <MapCard project={project} map={map} colourOf={colourOf} />
          </Box>
        ))}
      </Grid>
      {!isBrief && list.hasMore && (
        <ShowMore label="Show more maps" isPending={list.isLoadingMore} onMore={list.loadMore} />
      )}
    </section>
  )
}

function AllMaps({ project: { namespace, name } }: { project: ProjectInfo }) {
  return (
    <SeeAll>
      <Link to="/projects/$namespace/$project/maps" params={{ namespace, project: name }}>
        See all
      </Link>
    </SeeAll>
  )
}
