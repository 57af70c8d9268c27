import { Flex, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { isOwner, type ProjectInfo } from '@/api/project'
import { CardSection } from '@/components/CardSection'
import { CellLink } from '@/components/CellLink'
import { EntityMenu } from '@/components/EntityMenu'
import { countOf } from '@/components/format'

import { DeleteInferenceSet } from '../writes'
import { type DatasetInFull, modelName } from './types'

/** What models said about the dataset: their embeddings and inferences. */
export function DatasetSets({ project, dataset }: { project: ProjectInfo; dataset: DatasetInFull }) {
  const embeddings = dataset.embeddingSets.edges.map(({ node }) => node)
  const inferences = dataset.inferenceSets.edges.map(({ node }) => node)
  const params = { namespace: project.namespace, project: project.name }
  return (
    <>
      <CardSection title="Embeddings" note={embeddings.length}>
        {embeddings.length === 0 && (
          <Text color="text2">None. Log embeddings= with model= and layer= to make maps of it.</Text>
        )}
        {embeddings.map((set) => (
          <Line
            key={set.id}
            name={
              <CellLink>
                <Link
                  to="/projects/$namespace/$project/embeddings/$embeddingSetId"
                  params={{ ...params, embeddingSetId: set.id }}
                >
                  {set.layer.name}
                </Link>
              </CellLink>
            }
            note={modelName(set.layer.layerSet.trainedModel)}
            figure={`${set.dimension}-d, ${countOf(set.embeddingCount, 'embedding')}`}
          />
        ))}
      </CardSection>
      <CardSection title="Inferences" note={inferences.length}>
        {inferences.length === 0 && <Text color="text2">None. Log them with inferences= and model=.</Text>}
        {inferences.map((set) => (
          <Line
            key={set.id}
            name={<Text fontWeight={500}>{modelName(set.trainedModel)}</Text>}
            note={[set.hasConfidence && 'confidences', set.hasProbabilities && 'probabilities']
              .filter(Boolean)
              .join(', ')}
            figure={countOf(set.inferenceCount, 'inference')}
          >
            <EntityMenu
              project={project}
              noun="inferences of"
              name={modelName(set.trainedModel)}
              remove={
                isOwner(project)
                  ? {
                      mutation: DeleteInferenceSet,
                      input: { id: set.id },
                      consequences: `${countOf(set.inferenceCount, 'inference')} of ${dataset.name} are deleted. Datapoints and labels stay.`,
                    }
                  : undefined
              }
            />
          </Line>
        ))}
      </CardSection>
    </>
  )
}

interface LineProps {
  name: ReactNode
  note: string
  figure: string
  children?: ReactNode
}

function Line({ name, note, figure, children }: LineProps) {
  return (
    <Flex align="center" gap="8px" minH="28px" textStyle="dense">
      {name}
      <Text color="text2" truncate>
        {note}
      </Text>
      <Text color="text2" ms="auto" whiteSpace="nowrap">
        {figure}
      </Text>
      {children}
    </Flex>
  )
}
