import { ChakraProvider } from '@chakra-ui/react'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { Provider } from 'urql'

import { system } from '@/theme/system'

import { type FakeServer, fakeServer } from './fakeServer'

/** Draws part of the UI with a theme, a router and a server that answers from a table. */
export async function renderScreen(screen: ReactNode, answers: Parameters<typeof fakeServer>[0] = {}) {
  const server: FakeServer = fakeServer(answers)
  const root = createRootRoute()
  const anywhere = createRoute({
    getParentRoute: () => root,
    path: '$',
    component: () => (
      <ChakraProvider value={system}>
        <Provider value={server.client}>{screen}</Provider>
      </ChakraProvider>
    ),
  })
  const router = createRouter({
    routeTree: root.addChildren([anywhere]),
    history: createMemoryHistory({ initialEntries: ['/screen'] }),
  })
  await router.load()
  render(<RouterProvider router={router as never} />)
  return { user: userEvent.setup(), sent: server.sent, router }
}
