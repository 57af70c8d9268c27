import { Flex, Text } from '@chakra-ui/react'

import { CardSection } from '@/components/CardSection'
import { Chip } from '@/components/Chip'

import type { DatasetInFull } from './types'

export function MetadataFields({ fields }: { fields: DatasetInFull['metadataFields'] }) {
  return (
    <CardSection title="Metadata" note={fields.length}>
      {fields.length === 0 && <Text color="text2">None. Log it with metadata=, a dict each.</Text>}
      {fields.map((field) => (
        <Flex key={field.id} align="center" gap="8px" minH="24px" textStyle="dense">
          <Text truncate>{field.name}</Text>
          <Flex ms="auto">
            <Chip>{field.kind.toLowerCase()}</Chip>
          </Flex>
        </Flex>
      ))}
    </CardSection>
  )
}
