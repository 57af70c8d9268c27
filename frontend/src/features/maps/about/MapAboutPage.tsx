import { Box, Button, Grid, Skeleton } from '@chakra-ui/react'
import { Link, useNavigate } from '@tanstack/react-router'
import { Map as MapIcon, RotateCw, Waypoints } from 'lucide-react'
import { useState } from 'react'

import { useLiveQuery } from '@/api/live'
import { canEdit, type ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { FailureState, NotThere } from '@/components/FailureState'
import { isActive, jobPhase } from '@/components/jobText'
import { Notice } from '@/components/Notice'
import { PageHead } from '@/components/PageHead'
import { StateChip } from '@/components/StateChip'

import { MapAbout } from '../documents'
import { MapMenu } from '../MapMenu'
import { NewMapDialog } from '../newMap/NewMapDialog'
import { MapPicture } from '../picture/MapPicture'
import { useCategoryColours } from '../useMaps'
import { MapFacts } from './MapFacts'
import { MapSources } from './MapSources'
import { MapVersions } from './MapVersions'

/** One map in words: how it was made, from what, how good it is, and the verbs. */
export function MapAboutPage({ project, mapId }: { project: ProjectInfo; mapId: string }) {
  const navigate = useNavigate()
  const [isAgain, setAgain] = useState(false)
  const colourOf = useCategoryColours(project.id)
  const { data, error, refresh } = useLiveQuery({
    query: MapAbout,
    variables: { id: mapId },
    projectId: project.id,
    about: ['projection_set', 'job', 'dataset', 'embedding_set'],
  })
  const params = { namespace: project.namespace, project: project.name }
  const map = data?.projectionSet
  if (!map) {
    if (error) return <FailureState error={error} what="This map" onRetry={refresh} />
    return data ? <NotThere what="This map" /> : <Skeleton h="320px" />
  }
  const { job } = map
  return (
    <>
      <PageHead
        back={
          <Link to="/projects/$namespace/$project/maps" params={params}>
            Maps
          </Link>
        }
        icon={MapIcon}
        name={map.name}
        marks={job && job.state !== 'DONE' && <StateChip state={job.state} />}
        note={job && isActive(job) ? jobPhase(job) : undefined}
        actions={
          <>
            {canEdit(project) && (
              <Button onClick={() => setAgain(true)}>
                <RotateCw />
                Make again
              </Button>
            )}
            {map.finishedAt && (
              <Button asChild>
                <Link to="/projects/$namespace/$project/maps/$mapId" params={{ ...params, mapId }}>
                  <Waypoints />
                  Open map
                </Link>
              </Button>
            )}
            <MapMenu
              project={project}
              map={map}
              actions={[]}
              onDeleted={() => void navigate({ to: '/projects/$namespace/$project/maps', params })}
            />
          </>
        }
      />
      {job?.state === 'FAILED' && (
        <Box mb="12px">
          <Notice tone="error">{job.error || 'The job that makes this map failed.'}</Notice>
        </Box>
      )}
      {map.notes.map((note) => (
        <Box key={note} mb="12px">
          <Notice tone="warning">{note}</Notice>
        </Box>
      ))}
      <Grid templateColumns={{ base: '1fr', lg: '420px minmax(0, 1fr)' }} gap="20px" alignItems="start">
        <Card overflow="hidden">
          <Box h="320px" bg="plot">
            {map.finishedAt && <MapPicture map={map} colourOf={colourOf} />}
          </Box>
        </Card>
        <Grid gap="16px">
          <MapFacts map={map} />
          <MapSources project={project} map={map} />
          {map.finishedAt && <MapVersions project={project} map={map} />}
        </Grid>
      </Grid>
      {isAgain && <NewMapDialog project={project} like={map} onClose={() => setAgain(false)} />}
    </>
  )
}
