import { createRoute, Outlet } from '@tanstack/react-router'

import { Shell } from '@/app/Shell'

import { rootRoute } from './root'

/** Everything that needs a signed-in person. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
})
