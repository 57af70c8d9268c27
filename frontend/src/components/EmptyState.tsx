import { Flex, Heading, Text } from '@chakra-ui/react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon: LucideIcon
  title: string
  /** What to do next, in one or two sentences. */
  children: ReactNode
  action?: ReactNode
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <Flex direction="column" align="center" textAlign="center" gap="4px" py="40px" px="24px">
      <Flex color="text3" mb="8px">
        <Icon size={24} strokeWidth={1.5} aria-hidden="true" />
      </Flex>
      <Heading as="h2" textStyle="section" fontWeight={600}>
        {title}
      </Heading>
      <Text textStyle="body" color="text2" maxW="440px">
        {children}
      </Text>
      {action && (
        <Flex mt="12px" gap="8px">
          {action}
        </Flex>
      )}
    </Flex>
  )
}
