import { Spinner, Text } from '@chakra-ui/react'
import { useEffect, useState } from 'react'

import { HttpError, requestJson } from '@/api/http'

import { AuthCard } from './AuthCard'
import { ChoosePassword } from './ChoosePassword'

interface OneTimeLink {
  username: string
  purpose: string
}

/** Where a one-time link leads: an invited or locked-out person chooses a password and is signed in. */
export function WelcomePage({ secret, onDone }: { secret: string; onDone: () => void }) {
  const [link, setLink] = useState<OneTimeLink | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const address = `/auth/link/${encodeURIComponent(secret)}`

  useEffect(() => {
    requestJson<OneTimeLink>('GET', address).then(setLink, (error: unknown) => setFailure(linkFailure(error)))
  }, [address])

  if (failure) {
    return (
      <AuthCard title="This link does not work" lead={failure}>
        <Text textStyle="dense" color="text2">
          A link works once and for a limited time. Ask whoever runs this server for a new one.
        </Text>
      </AuthCard>
    )
  }
  if (!link) {
    return (
      <AuthCard title="One moment" lead="Reading your link">
        <Spinner aria-label="Loading" />
      </AuthCard>
    )
  }
  return (
    <AuthCard title={`Welcome, ${link.username}`} lead="Choose the password you will sign in with.">
      <ChoosePassword address={address} username={link.username} onDone={onDone} />
    </AuthCard>
  )
}

function linkFailure(error: unknown): string {
  const isGone = error instanceof HttpError && error.status === 404
  if (isGone) return 'It was used already, has expired, or was copied incompletely.'
  return error instanceof Error ? error.message : 'Something went wrong. Try again.'
}
