import { ChakraProvider } from '@chakra-ui/react'
import type { ReactNode } from 'react'
import { Provider as GraphqlProvider } from 'urql'

import { useSession } from '@/api/session'
import { Toaster } from '@/components/toast'
import { system } from '@/theme/system'

export function Providers({ children }: { children: ReactNode }) {
  const client = useSession((state) => state.client)
  return (
    <ChakraProvider value={system}>
      <GraphqlProvider value={client}>{children}</GraphqlProvider>
      <Toaster />
    </ChakraProvider>
  )
}
