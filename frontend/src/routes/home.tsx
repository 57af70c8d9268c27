import { createRoute } from '@tanstack/react-router'

import { ProjectsPage } from '@/features/projects/ProjectsPage'

import { shellRoute } from './shell'

export const homeRoute = createRoute({ getParentRoute: () => shellRoute, path: '/', component: ProjectsPage })
