import { chakra, Flex } from '@chakra-ui/react'
import type { ReactNode } from 'react'

import { SessionGate } from './SessionGate'
import { TopBar } from './TopBar'

export function Shell({ children }: { children: ReactNode }) {
  return (
    <SessionGate>
      <Flex direction="column" h="100dvh">
        <TopBar />
        <chakra.main flex={1} minH={0} overflow="auto" position="relative">
          {children}
        </chakra.main>
      </Flex>
    </SessionGate>
  )
}
