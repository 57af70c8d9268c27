import { createRouter } from '@tanstack/react-router'

import { accountRoute } from './account'
import { graphiqlRoute } from './graphiql'
import { homeRoute } from './home'
import { loginRoute } from './login'
import { mapRoute } from './map'
import { projectRoute } from './project/layout'
import { overviewRoute } from './project/overview'
import { tabRoutes } from './project/tabs'
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
    projectRoute.addChildren([overviewRoute, ...tabRoutes]),
  ]),
])

export const router = createRouter({ routeTree: tree, defaultPreload: false })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
