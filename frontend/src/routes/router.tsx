import { createRouter } from '@tanstack/react-router'

import { accountRoute } from './account'
import { datapointRoute } from './datapoint'
import { graphiqlRoute } from './graphiql'
import { homeRoute } from './home'
import { loginRoute } from './login'
import { mapRoute } from './map'
import { projectRoute } from './project/layout'
import { listRoutes } from './project/lists'
import { overviewRoute } from './project/overview'
import { recordRoutes } from './project/records'
import { thingRoutes } from './project/things'
import { transferRoutes } from './project/transfers'
import { rootRoute } from './root'
import { shellRoute } from './shell'
import { welcomeRoute } from './welcome'

const tree = rootRoute.addChildren([
  welcomeRoute,
  loginRoute,
  shellRoute.addChildren([
    homeRoute,
    accountRoute,
    graphiqlRoute,
    mapRoute,
    datapointRoute,
    projectRoute.addChildren([
      overviewRoute,
      ...listRoutes,
      ...thingRoutes,
      ...transferRoutes,
      ...recordRoutes,
    ]),
  ]),
])

export const router = createRouter({ routeTree: tree, defaultPreload: false })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
