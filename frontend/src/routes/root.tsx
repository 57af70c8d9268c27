import { createRootRoute, Outlet } from '@tanstack/react-router'

import { Providers } from '@/app/Providers'
import { NotThere } from '@/components/FailureState'
import { FaultState } from '@/components/FaultState'

export const rootRoute = createRootRoute({
  component: () => (
    <Providers>
      <Outlet />
    </Providers>
  ),
  errorComponent: ({ error }) => (
    <Providers>
      <FaultState message={error instanceof Error ? error.message : String(error)} />
    </Providers>
  ),
  notFoundComponent: () => <NotThere what="This page" />,
})
