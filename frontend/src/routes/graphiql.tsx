import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { shellRoute } from './shell'

/** `GET /graphql`. The console is large, so it is loaded only here. */
export const graphiqlRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/graphql',
  component: lazyRouteComponent(() => import('@/features/graphiql/GraphiqlPage'), 'GraphiqlPage'),
})
