import { Box, Flex, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'

import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { countOf, formatDay } from '@/components/format'
import { jobPhase } from '@/components/jobText'
import { useNow } from '@/components/useNow'

import { MapMenu } from './MapMenu'
import { MapPicture } from './picture/MapPicture'
import type { MapItem } from './useMaps'

interface MapCardProps {
  project: ProjectInfo
  map: MapItem
  colourOf: Map<number, number>
}

export function MapCard({ project, map, colourOf }: MapCardProps) {
  const now = useNow()
  const { namespace, name } = project
  return (
    <Card
      overflow="hidden"
      position="relative"
      data-testid="map-card"
      _hover={{ borderColor: 'borderStrong' }}
    >
      <Box h="174px" bg="plot" borderBottomWidth="1px" borderColor="border">
        {map.finishedAt ? <MapPicture map={map} colourOf={colourOf} /> : <Unfinished map={map} />}
      </Box>
      <Box p="10px 12px">
        <Flex align="center" gap="8px" minH="24px">
          <Text fontWeight={600} truncate>
            <Link
              to="/projects/$namespace/$project/maps/$mapId"
              params={{ namespace, project: name, mapId: map.id }}
              className="covering"
            >
              {map.name}
            </Link>
          </Text>
          <Text textStyle="dense" color="text3" ms="auto" whiteSpace="nowrap">
            {formatDay(map.createdAt, now)}
          </Text>
          <Box position="relative" zIndex={1}>
            <MapMenu project={project} map={map} />
          </Box>
        </Flex>
        <Text textStyle="dense" color="text2" truncate>
          {map.sources.map(({ embeddingSet }) => embeddingSet.dataset.name).join(' + ')}
        </Text>
        <MapState map={map} />
      </Box>
    </Card>
  )
}

function MapState({ map }: { map: MapItem }) {
  const missing = map.sources.reduce((sum, each) => sum + each.newDatapointCount, 0)
  if (map.job && map.job.state !== 'DONE') {
    return (
      <Text textStyle="dense" color={map.job.state === 'FAILED' ? 'error' : 'accentText'} truncate>
        {jobPhase(map.job)}
      </Text>
    )
  }
  return (
    <Text textStyle="dense" color="text2" truncate>
      {countOf(map.projectionCount, 'datapoint')}
      {missing > 0 && (
        <Text as="span" color="warning">
          {' '}
          · {countOf(missing, 'datapoint')} not on this map
        </Text>
      )}
    </Text>
  )
}

function Unfinished({ map }: { map: MapItem }) {
  const text = map.job && map.job.state !== 'DONE' ? jobPhase(map.job) : 'No positions yet'
  return (
    <Flex
      h="full"
      align="center"
      justify="center"
      p="16px"
      textAlign="center"
      textStyle="dense"
      color="text3"
    >
      {text}
    </Flex>
  )
}
