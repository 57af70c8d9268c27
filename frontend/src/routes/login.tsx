import { createRoute } from '@tanstack/react-router'
import { ShieldCheck } from 'lucide-react'
import { useEffect } from 'react'

import { type MeUser, useMe } from '@/api/me'
import { SessionGate } from '@/app/SessionGate'
import { EmptyState } from '@/components/EmptyState'
import { isOnlyForStaff, nextPage } from '@/features/auth/nextPage'

import { rootRoute } from './root'

/** Where the administration sends people who are not signed in; `next` says what they wanted to see. */
export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (search: Record<string, unknown>) => ({ next: nextPage(search.next) }),
  component: () => (
    <SessionGate>
      <SignedIn />
    </SessionGate>
  ),
})

function SignedIn() {
  const { me } = useMe()
  return me && <Onward me={me} />
}

function Onward({ me }: { me: MeUser }) {
  const { next } = loginRoute.useSearch()
  const isRefused = isOnlyForStaff(next) && !me.isStaff
  useEffect(() => {
    if (!isRefused) window.location.replace(next)
  }, [isRefused, next])
  return (
    isRefused && (
      <EmptyState
        icon={ShieldCheck}
        title="The administration is for staff"
        action={<a href="/">See my projects</a>}
      >
        You are signed in as {me.username}, who is not a member of the staff. Ask whoever runs this server.
      </EmptyState>
    )
  )
}
