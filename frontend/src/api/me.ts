import { useQuery } from 'urql'

import { graphql } from '@/gql'
import type { MeQuery } from '@/gql/graphql'

const Me = graphql(`
  query Me {
    me {
      id
      username
      isStaff
    }
  }
`)

/** The signed-in person; `me` is null for somebody anonymous, undefined while unknown. */
export function useMe() {
  const [{ data, error }, retry] = useQuery({ query: Me })
  return {
    me: data ? (data.me ?? null) : undefined,
    error,
    retry: () => retry({ requestPolicy: 'network-only' }),
  }
}

export type MeUser = NonNullable<MeQuery['me']>
