import { Box, Flex, Text } from '@chakra-ui/react'
import type { ReactNode } from 'react'

import { formatCount } from './format'

interface CountBarProps {
  name: ReactNode
  count: number
  /** The count that fills the bar. */
  largest: number
  nameWidth?: string
}

/** A name, a bar and a count, as tags and the mix of categories are shown. */
export function CountBar({ name, count, largest, nameWidth = '96px' }: CountBarProps) {
  return (
    <Flex flex={1} align="center" gap="8px" minW={0} minH="24px" textStyle="dense">
      <Flex flex={`0 1 ${nameWidth}`} minW="56px" align="center" gap="6px">
        {name}
      </Flex>
      <Box flex={1} h="6px" borderRadius="swatch" bg="barGhost" overflow="hidden" aria-hidden="true">
        <Box h="full" bg="bar" style={{ width: `${(100 * count) / Math.max(1, largest)}%` }} />
      </Box>
      <Text minW="44px" textAlign="end">
        {formatCount(count)}
      </Text>
    </Flex>
  )
}
