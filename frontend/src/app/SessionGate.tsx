import { Flex, Spinner } from '@chakra-ui/react'
import type { ReactNode } from 'react'

import { useMe } from '@/api/me'
import { FailureState } from '@/components/FailureState'
import { LoginPage } from '@/features/auth/LoginPage'

/** Shows the sign-in page in place of any page, so that the address survives signing in. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { me, error, retry } = useMe()
  if (me) return children
  if (me === null) return <LoginPage />
  return (
    <Flex h="100dvh" align="center" justify="center">
      {error ? (
        <FailureState error={error} what="Your account" onRetry={retry} />
      ) : (
        <Spinner aria-label="Loading" />
      )}
    </Flex>
  )
}
