import { Button, Grid } from '@chakra-ui/react'
import { createRoute, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { canEdit, type ProjectInfo } from '@/api/project'
import { AnalysisTable } from '@/features/analyses/AnalysisTable'
import { CategoryTable } from '@/features/categories/CategoryTable'
import { DatasetTable } from '@/features/datasets/DatasetTable'
import { EmbeddingSetTable } from '@/features/embeddings/EmbeddingSetTable'
import { MapSection } from '@/features/maps/MapSection'
import { ArchitectureList } from '@/features/models/ArchitectureList'
import { SliceTable } from '@/features/slices/SliceTable'
import { TagTable } from '@/features/tags/TagTable'

import { useProjectPage } from './context'
import { projectRoute } from './layout'
import { SubNav } from './SubNav'
import { Tab } from './Tab'

const getParentRoute = () => projectRoute
const base = '/projects/$namespace/$project' as const

const datasetsRoute = createRoute({
  getParentRoute,
  path: '/datasets',
  component: function Datasets() {
    const { project } = useProjectPage()
    return (
      <DataTab project={project}>
        <DatasetTable project={project} />
      </DataTab>
    )
  },
})

const categoriesRoute = createRoute({
  getParentRoute,
  path: '/categories',
  component: function Categories() {
    const { project } = useProjectPage()
    return (
      <DataTab project={project}>
        <CategoryTable project={project} />
      </DataTab>
    )
  },
})

const mapsRoute = createRoute({
  getParentRoute,
  path: '/maps',
  component: function Maps() {
    const { project, openNewMap } = useProjectPage()
    const action = canEdit(project) && <Button onClick={openNewMap}>New map</Button>
    return (
      <Tab>
        <MapSection project={project} action={action} />
      </Tab>
    )
  },
})

const modelsRoute = createRoute({
  getParentRoute,
  path: '/models',
  component: function Models() {
    const { project } = useProjectPage()
    return (
      <ModelTab project={project}>
        <ArchitectureList project={project} />
      </ModelTab>
    )
  },
})

const embeddingsRoute = createRoute({
  getParentRoute,
  path: '/embeddings',
  component: function Embeddings() {
    const { project } = useProjectPage()
    return (
      <ModelTab project={project}>
        <EmbeddingSetTable project={project} />
      </ModelTab>
    )
  },
})

const analysesRoute = createRoute({
  getParentRoute,
  path: '/analyses',
  component: function Analyses() {
    const { project } = useProjectPage()
    return (
      <Tab>
        <AnalysisTable project={project} />
      </Tab>
    )
  },
})

const tagsRoute = createRoute({
  getParentRoute,
  path: '/tags',
  component: function SlicesAndTags() {
    const { project } = useProjectPage()
    return (
      <Tab>
        <Grid templateColumns={{ base: '1fr', xl: '3fr 2fr' }} gap="20px" alignItems="start">
          <SliceTable project={project} />
          <TagTable project={project} />
        </Grid>
      </Tab>
    )
  },
})

export const listRoutes = [
  datasetsRoute,
  categoriesRoute,
  mapsRoute,
  modelsRoute,
  embeddingsRoute,
  analysesRoute,
  tagsRoute,
] as const

function DataTab({ project, children }: { project: ProjectInfo; children: ReactNode }) {
  const params = { namespace: project.namespace, project: project.name }
  return (
    <Tab>
      <SubNav label="Datasets and categories">
        <Link to={`${base}/datasets`} params={params}>
          Datasets
        </Link>
        <Link to={`${base}/categories`} params={params}>
          Categories
        </Link>
      </SubNav>
      {children}
    </Tab>
  )
}

function ModelTab({ project, children }: { project: ProjectInfo; children: ReactNode }) {
  const params = { namespace: project.namespace, project: project.name }
  return (
    <Tab>
      <SubNav label="Models and embeddings">
        <Link to={`${base}/models`} params={params}>
          Models
        </Link>
        <Link to={`${base}/embeddings`} params={params}>
          Embedding sets
        </Link>
      </SubNav>
      {children}
    </Tab>
  )
}
