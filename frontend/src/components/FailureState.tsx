import { Button } from '@chakra-ui/react'
import type { CombinedError } from '@urql/core'
import { CircleAlert, SearchX, Unplug } from 'lucide-react'

import { failureOf, failureText } from '@/api/errors'

import { EmptyState } from './EmptyState'

interface FailureStateProps {
  error: CombinedError
  /** What was looked for, as in "This project". */
  what: string
  onRetry: () => void
}

/** A reading that failed: offline, not there (or not for us, which looks the same), or a fault. */
export function FailureState({ error, what, onRetry }: FailureStateProps) {
  const failure = failureOf(error)
  if (failure === 'notFound') return <NotThere what={what} />
  return (
    <EmptyState
      icon={failure === 'offline' ? Unplug : CircleAlert}
      title={failure === 'offline' ? 'No connection to the server' : `${what} could not be read`}
      action={<Button onClick={onRetry}>Try again</Button>}
    >
      {failureText(error)}
    </EmptyState>
  )
}

export function NotThere({ what }: { what: string }) {
  return (
    <EmptyState
      icon={SearchX}
      title={`${what} is not here`}
      action={
        <Button asChild>
          <a href="/">See my projects</a>
        </Button>
      }
    >
      It does not exist, or you are not a member of its project. Check the address, or ask an owner of the
      project to invite you.
    </EmptyState>
  )
}
