import { Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'

import { useEndless } from '@/api/endless'
import type { ProjectInfo } from '@/api/project'
import { CellLink } from '@/components/CellLink'
import { EntityList } from '@/components/EntityList'
import { formatCount, formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'
import type { MapsOfEmbeddingSetQuery } from '@/gql/graphql'

import { MapsOfEmbeddingSet } from './documents'

const pick = (data: MapsOfEmbeddingSetQuery) => data.projectionSets

/** The maps that show one embedding set. */
export function MapsOfSet({ project, embeddingSetId }: { project: ProjectInfo; embeddingSetId: string }) {
  const now = useNow()
  const projectId = project.id
  const list = useEndless({
    query: MapsOfEmbeddingSet,
    variables: { projectId, embeddingSetId },
    pick,
    projectId,
    about: ['projection_set'],
  })
  const params = { namespace: project.namespace, project: project.name }
  return (
    <EntityList
      title="Maps that show it"
      nouns="maps"
      list={list}
      keyOf={(map) => map.id}
      empty={
        <Text p="12px" color="text2">
          None yet. New map, at the top of the page, makes one.
        </Text>
      }
      columns={[
        {
          title: 'Map',
          cell: (map) => (
            <CellLink>
              <Link
                to="/projects/$namespace/$project/maps/$mapId/about"
                params={{ ...params, mapId: map.id }}
              >
                {map.name}
              </Link>
            </CellLink>
          ),
        },
        { title: 'Method', cell: (map) => map.projector.method },
        {
          title: 'Datapoints',
          isNumber: true,
          cell: (map) => (map.finishedAt ? formatCount(map.projectionCount) : 'not finished'),
        },
        { title: 'Asked for', cell: (map) => formatMoment(map.createdAt, now) },
      ]}
    />
  )
}
