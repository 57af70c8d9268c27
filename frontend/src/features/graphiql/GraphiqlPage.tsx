import 'graphiql/style.css'

import { Box } from '@chakra-ui/react'
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { GraphiQL } from 'graphiql'
import { createClient } from 'graphql-ws'
import { useMemo } from 'react'

import { csrfToken } from '@/api/csrf'
import { useTheme } from '@/theme/useTheme'

const firstQuery = `# Ctrl-Enter runs the query; the book has the documentation.
{
  me { username }
  projects(first: 10) {
    totalCount
    edges { node { fullName datapointCount myRole } }
  }
}
`

/** The API's console, for people who are signed in. */
export function GraphiqlPage() {
  const theme = useTheme((state) => state.theme)
  const fetcher = useMemo(() => createFetcher(), [])
  return (
    <Box h="100%" data-testid="graphiql">
      <GraphiQL fetcher={fetcher} defaultQuery={firstQuery} forcedTheme={theme} />
    </Box>
  )
}

function createFetcher() {
  return createGraphiQLFetcher({
    url: '/graphql',
    wsClient: createClient({ url: `${location.origin.replace(/^http/, 'ws')}/graphql`, lazy: true }),
    // The cookie of the token changes at sign-in, so it is read for each request.
    fetch: (url, init) =>
      fetch(url, {
        ...init,
        credentials: 'same-origin',
        headers: { ...(init?.headers as Record<string, string>), 'X-CSRFToken': csrfToken() },
      }),
  })
}
