import { Box, Button, Flex, Grid, Skeleton } from '@chakra-ui/react'
import { Link, useNavigate } from '@tanstack/react-router'
import { Layers, Waypoints } from 'lucide-react'
import type { ReactNode } from 'react'

import { useLiveQuery } from '@/api/live'
import { useNewestMap } from '@/api/newestMap'
import type { ProjectInfo } from '@/api/project'
import { Chip } from '@/components/Chip'
import { FailureState, NotThere } from '@/components/FailureState'
import { countOf } from '@/components/format'
import { Notice } from '@/components/Notice'
import { PageHead } from '@/components/PageHead'

import { SliceDetail } from './documents'
import { SliceContents } from './SliceContents'
import { SliceFacts } from './SliceFacts'
import { SliceMenu } from './SliceMenu'

interface SlicePageProps {
  project: ProjectInfo
  sliceId: string
  /** Verbs that other features bring. */
  actions?: (slice: { id: string; name: string }) => ReactNode
}

/** One slice: what is in it and why, and which models learnt from it. */
export function SlicePage({ project, sliceId, actions }: SlicePageProps) {
  const navigate = useNavigate()
  const map = useNewestMap(project.id)
  const { data, error, refresh } = useLiveQuery({
    query: SliceDetail,
    variables: { id: sliceId },
    projectId: project.id,
    about: ['slice', 'tag', 'dataset', 'datapoint', 'trained_model'],
  })
  const params = { namespace: project.namespace, project: project.name }
  const slice = data?.slice
  if (!slice) {
    if (error) return <FailureState error={error} what="This slice" onRetry={refresh} />
    return data ? <NotThere what="This slice" /> : <Skeleton h="240px" />
  }
  return (
    <>
      <PageHead
        back={
          <Link to="/projects/$namespace/$project/tags" params={params}>
            Slices
          </Link>
        }
        icon={Layers}
        name={slice.name}
        marks={<Chip>{slice.isFrozen ? 'frozen' : 'rule'}</Chip>}
        note={countOf(slice.datapointCount, 'datapoint')}
        actions={
          <>
            {actions?.(slice)}
            {map && (
              <Button asChild>
                <Link
                  to="/projects/$namespace/$project/maps/$mapId"
                  params={{ ...params, mapId: map.id }}
                  search={{ slice: slice.id }}
                >
                  <Waypoints />
                  Open on map {map.name}
                </Link>
              </Button>
            )}
            <SliceMenu
              project={project}
              slice={slice}
              onDeleted={() => void navigate({ to: '/projects/$namespace/$project/tags', params })}
            />
          </>
        }
      />
      <Flex direction="column" gap="12px">
        {slice.notes.map((note) => (
          <Notice key={note} tone="warning">
            {note}
          </Notice>
        ))}
        <Grid templateColumns={{ base: '1fr', lg: 'minmax(0, 1fr) 360px' }} gap="20px" alignItems="start">
          <SliceContents project={project} slice={slice} />
          <Box>
            <SliceFacts project={project} slice={slice} />
          </Box>
        </Grid>
      </Flex>
    </>
  )
}
