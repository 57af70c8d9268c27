import { chakra, Flex } from '@chakra-ui/react'
import type { ReactNode } from 'react'

/** The lists that share one tab; the router's links go inside. */
export function SubNav({ label, children }: { label: string; children: ReactNode }) {
  return (
    <chakra.nav aria-label={label} mb="8px">
      <Flex gap="4px" css={look}>
        {children}
      </Flex>
    </chakra.nav>
  )
}

const look = {
  '& a': {
    px: '8px',
    py: '4px',
    borderRadius: 'chip',
    textStyle: 'dense',
    fontWeight: 500,
    color: 'text2',
  },
  '& a:hover': { color: 'text' },
  '& a[data-status=active]': { bg: 'accentBg', color: 'accentText' },
}
