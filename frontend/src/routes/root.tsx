import { createRootRoute, Outlet } from '@tanstack/react-router'

import { Providers } from '@/app/Providers'
import { NotThere } from '@/components/FailureState'

export const rootRoute = createRootRoute({
  component: () => (
    <Providers>
      <Outlet />
    </Providers>
  ),
  notFoundComponent: () => <NotThere what="This page" />,
})
