import { createRoute } from '@tanstack/react-router'

import { WelcomePage } from '@/features/auth/WelcomePage'

import { rootRoute } from './root'

export const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome/$secret',
  component: Welcome,
})

function Welcome() {
  const { secret } = welcomeRoute.useParams()
  const navigate = welcomeRoute.useNavigate()
  return <WelcomePage secret={secret} onDone={() => void navigate({ to: '/', replace: true })} />
}
