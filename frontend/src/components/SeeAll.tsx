import { Text } from '@chakra-ui/react'
import type { ReactNode } from 'react'

/** The quiet link from a few things to all of them; the router's link goes inside. */
export function SeeAll({ children }: { children: ReactNode }) {
  return (
    <Text as="span" textStyle="dense" color="text2" _hover={{ color: 'text' }}>
      {children}
    </Text>
  )
}
