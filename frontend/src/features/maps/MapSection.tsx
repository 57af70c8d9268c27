import { Grid, Skeleton } from '@chakra-ui/react'
import { Map as MapIcon } from 'lucide-react'
import type { ReactNode } from 'react'

import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { SectionHead } from '@/components/SectionHead'

import { MapCard } from './MapCard'
import { useMaps } from './useMaps'

interface MapSectionProps {
  project: ProjectInfo
  /** The verb that makes a first map, for those who may. */
  action?: ReactNode
}

export function MapSection({ project, action }: MapSectionProps) {
  const { maps, colourOf, data, error, refresh } = useMaps(project.id)
  return (
    <section>
      <SectionHead title="Maps" note={data?.projectionSets.totalCount} />
      {error && !maps && <FailureState error={error} what="The list of maps" onRetry={refresh} />}
      {maps?.length === 0 && (
        <Card>
          <EmptyState icon={MapIcon} title="No maps yet" action={action}>
            A map places datapoints with similar embeddings next to each other. It needs a dataset with
            embeddings.
          </EmptyState>
        </Card>
      )}
      <Grid templateColumns="repeat(auto-fill, minmax(232px, 1fr))" gap="12px">
        {!maps && !error && [0, 1, 2].map((each) => <Skeleton key={each} h="246px" borderRadius="card" />)}
        {maps?.map((map) => (
          <MapCard key={map.id} project={project} map={map} colourOf={colourOf} />
        ))}
      </Grid>
    </section>
  )
}
