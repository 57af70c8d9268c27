import { Flex, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'

import type { ProjectInfo } from '@/api/project'
import { CardSection } from '@/components/CardSection'
import { CellLink } from '@/components/CellLink'
import { countOf } from '@/components/format'

import type { MapInFull } from './MapFacts'

/** The embeddings that a map shows, and what was logged since. */
export function MapSources({ project, map }: { project: ProjectInfo; map: MapInFull }) {
  const params = { namespace: project.namespace, project: project.name }
  return (
    <CardSection title="Embeddings on it" note={map.sources.length}>
      {map.sources.map(({ embeddingSet, newDatapointCount }) => {
        const { trainedModel } = embeddingSet.layer.layerSet
        return (
          <Flex key={embeddingSet.id} align="center" gap="8px" minH="28px" textStyle="dense" wrap="wrap">
            <CellLink>
              <Link
                to="/projects/$namespace/$project/datasets/$datasetId"
                params={{ ...params, datasetId: embeddingSet.dataset.id }}
              >
                {embeddingSet.dataset.name}
              </Link>
            </CellLink>
            <Text color="text2">
              {trainedModel.modelArchitecture.name} {trainedModel.version},{' '}
              <Link
                to="/projects/$namespace/$project/embeddings/$embeddingSetId"
                params={{ ...params, embeddingSetId: embeddingSet.id }}
              >
                {embeddingSet.layer.name}, {embeddingSet.dimension}-d
              </Link>
            </Text>
            {newDatapointCount > 0 && (
              <Text color="warning" ms="auto">
                {countOf(newDatapointCount, 'datapoint')} not on this map
              </Text>
            )}
          </Flex>
        )
      })}
    </CardSection>
  )
}
