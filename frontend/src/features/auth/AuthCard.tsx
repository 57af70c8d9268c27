import { chakra, Flex, Heading, Text } from '@chakra-ui/react'
import type { ReactNode } from 'react'

import { Card } from '@/components/Card'
import { Logo } from '@/components/Logo'

declare const __CHROMA_VERSION__: string

interface AuthCardProps {
  title: string
  lead: string
  children: ReactNode
}

/** The quiet page around signing in and choosing a password. */
export function AuthCard({ title, lead, children }: AuthCardProps) {
  return (
    <Flex direction="column" align="center" h="100dvh" p="24px" overflow="auto">
      <chakra.main my="auto" w="full" maxW="344px">
        <Card p="28px">
          <Flex align="center" gap="12px" mb="18px" textStyle="section" fontWeight={600}>
            <Logo />
            Chroma
          </Flex>
          <Heading as="h1" textStyle="title" fontWeight={600}>
            {title}
          </Heading>
          <Text textStyle="body" color="text2" mb="16px">
            {lead}
          </Text>
          {children}
        </Card>
      </chakra.main>
      <chakra.footer textStyle="dense" color="text3">
        Chroma {__CHROMA_VERSION__}
      </chakra.footer>
    </Flex>
  )
}
