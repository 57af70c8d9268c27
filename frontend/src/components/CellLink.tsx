import { chakra } from '@chakra-ui/react'
import type { ReactNode } from 'react'

/** How a name that leads to its own page looks in a table or list; the router's link goes inside. */
export function CellLink({ children }: { children: ReactNode }) {
  return (
    <chakra.span
      textStyle="body"
      fontWeight={500}
      css={{ '& a:hover': { color: 'accentText', textDecoration: 'underline' } }}
    >
      {children}
    </chakra.span>
  )
}
