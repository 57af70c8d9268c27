import { chakra, Text } from '@chakra-ui/react'

import { ChoiceSet } from '@/components/ChoiceSet'
import { countOf } from '@/components/format'
import type { MapChoicesQuery } from '@/gql/graphql'

export type EmbeddingSet = MapChoicesQuery['embeddingSets']['edges'][number]['node']

interface EmbeddingSetChoiceProps {
  sets: EmbeddingSet[]
  chosen: string[]
  error?: string
  onChange: (chosen: string[]) => void
}

/** Which embeddings go on the map; all of them need one dimension. */
export function EmbeddingSetChoice({ sets, chosen, error, onChange }: EmbeddingSetChoiceProps) {
  const dimension = sets.find((each) => each.id === chosen[0])?.dimension
  function toggle(id: string) {
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
  }
  return (
    <ChoiceSet legend="Embeddings" maxHeight="196px" error={error}>
      {sets.map((set) => {
        const isOther = dimension !== undefined && set.dimension !== dimension
        return (
          <chakra.label
            key={set.id}
            display="flex"
            alignItems="center"
            gap="8px"
            px="10px"
            minH="32px"
            flexShrink={0}
            textStyle="dense"
            opacity={isOther ? 0.5 : 1}
            cursor={isOther ? 'not-allowed' : 'pointer'}
            _hover={{ bg: 'hover' }}
            title={
              isOther ? `Has ${set.dimension} dimensions; the chosen ones have ${dimension}.` : undefined
            }
          >
            <input
              type="checkbox"
              checked={chosen.includes(set.id)}
              disabled={isOther}
              onChange={() => toggle(set.id)}
            />
            <Text fontWeight={500}>{set.dataset.name}</Text>
            <Text color="text2" truncate>
              {layerText(set)}
            </Text>
            <Text color="text2" ms="auto" whiteSpace="nowrap">
              {set.dimension}-d, {countOf(set.embeddingCount, 'embedding')}
            </Text>
          </chakra.label>
        )
      })}
    </ChoiceSet>
  )
}

export function layerText({ layer }: EmbeddingSet): string {
  const { trainedModel } = layer.layerSet
  return `${trainedModel.modelArchitecture.name} ${trainedModel.version}, ${layer.name}`
}
