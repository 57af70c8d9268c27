import { Box } from '@chakra-ui/react'
import type { ReactNode } from 'react'

export function Tab({ children, maxW }: { children: ReactNode; maxW?: string }) {
  return (
    <Box p="12px 24px 24px" maxW={maxW}>
      {children}
    </Box>
  )
}
