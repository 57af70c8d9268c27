import { Flex, Heading, Text } from '@chakra-ui/react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface PageHeadProps {
  /** The link to the list that the thing is in. */
  back: ReactNode
  icon: LucideIcon
  name: string
  /** Chips beside the name. */
  marks?: ReactNode
  note?: ReactNode
  /** Verbs, the most wanted last. */
  actions?: ReactNode
}

/** The head of a page about one thing. */
export function PageHead({ back, icon: Icon, name, marks, note, actions }: PageHeadProps) {
  return (
    <Flex align="center" gap="8px" minH="36px" mb="12px" flexWrap="wrap">
      <Text color="text2" _hover={{ color: 'text' }}>
        {back}
      </Text>
      <Text color="text3" aria-hidden="true">
        /
      </Text>
      <Icon size={16} strokeWidth={1.5} style={{ flexShrink: 0 }} aria-hidden="true" />
      <Heading as="h2" textStyle="section" fontWeight={600} truncate>
        {name}
      </Heading>
      {marks}
      {note && (
        <Text textStyle="dense" color="text2">
          {note}
        </Text>
      )}
      <Flex ms="auto" gap="8px" align="center">
        {actions}
      </Flex>
    </Flex>
  )
}
