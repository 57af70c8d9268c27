import { Flex, Heading, Text } from '@chakra-ui/react'
import type { ReactNode } from 'react'

interface SectionHeadProps {
  title: string
  note?: ReactNode
  action?: ReactNode
}

export function SectionHead({ title, note, action }: SectionHeadProps) {
  return (
    <Flex align="center" gap="8px" minH="28px" mb="4px">
      <Heading as="h2" textStyle="body" fontWeight={600}>
        {title}
      </Heading>
      {note !== undefined && (
        <Text textStyle="body" color="text2">
          {note}
        </Text>
      )}
      {action && (
        <Flex ms="auto" align="center" gap="8px">
          {action}
        </Flex>
      )}
    </Flex>
  )
}
