import { chakra, Flex, Text } from '@chakra-ui/react'

import { countOf } from '@/components/format'
import { Notice } from '@/components/Notice'
import type { ExportChoicesQuery } from '@/gql/graphql'

interface EmbeddingChoiceProps {
  sets: ExportChoicesQuery['embeddingSets']['edges'][number]['node'][]
  chosen: readonly string[]
  error?: string
  onChange: (chosen: string[]) => void
}

/** Vectors are large, so that they come only where they are asked for. */
export function EmbeddingChoice({ sets, chosen, error, onChange }: EmbeddingChoiceProps) {
  if (sets.length === 0) return null
  function toggle(id: string) {
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
  }
  return (
    <chakra.fieldset>
      <chakra.legend textStyle="dense" fontWeight={500} mb="6px">
        Embeddings (optional)
      </chakra.legend>
      <Flex
        direction="column"
        maxH="140px"
        overflowY="auto"
        borderWidth="1px"
        borderColor="borderStrong"
        borderRadius="control"
      >
        {sets.map((set) => (
          <chakra.label
            key={set.id}
            display="flex"
            alignItems="center"
            gap="8px"
            px="10px"
            minH="32px"
            flexShrink={0}
            textStyle="dense"
            cursor="pointer"
            _hover={{ bg: 'hover' }}
          >
            <input type="checkbox" checked={chosen.includes(set.id)} onChange={() => toggle(set.id)} />
            <Text fontWeight={500}>{set.layer.name}</Text>
            <Text color="text2">{set.dataset.name}</Text>
            <Text color="text2" ms="auto">
              {set.dimension}-d, {countOf(set.embeddingCount, 'embedding')}
            </Text>
          </chakra.label>
        ))}
      </Flex>
      {error && <Notice tone="error">{error}</Notice>}
    </chakra.fieldset>
  )
}
