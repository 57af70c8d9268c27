import { Flex, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'

import type { ProjectInfo } from '@/api/project'
import { CardSection } from '@/components/CardSection'
import { CellLink } from '@/components/CellLink'
import { countOf, formatCount } from '@/components/format'
import type { TrainedModelDetailQuery } from '@/gql/graphql'

export type ModelInFull = NonNullable<TrainedModelDetailQuery['trainedModel']>

export function InferencesOfModel({ project, model }: { project: ProjectInfo; model: ModelInFull }) {
  const sets = model.inferenceSets.edges.map(({ node }) => node)
  return (
    <CardSection title="Inferences" note={sets.length}>
      {sets.length === 0 && (
        <Text color="text2">None. Log inferences= with this model= and version= into a dataset.</Text>
      )}
      {sets.map((set) => (
        <Flex key={set.id} gap="8px" minH="28px" align="center" textStyle="dense">
          <CellLink>
            <Link
              to="/projects/$namespace/$project/datasets/$datasetId"
              params={{ namespace: project.namespace, project: project.name, datasetId: set.dataset.id }}
            >
              {set.dataset.name}
            </Link>
          </CellLink>
          <Text color="text2" ms="auto" textAlign="end">
            {countOf(set.inferenceCount, 'inference')}, {formatCount(set.disagreementCount)} disagree
          </Text>
        </Flex>
      ))}
    </CardSection>
  )
}
