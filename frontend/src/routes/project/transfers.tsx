import { Box } from '@chakra-ui/react'
import { createRoute, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { canEdit, type ProjectInfo } from '@/api/project'
import { ExportTable } from '@/features/exports/ExportTable'
import { DropZone } from '@/features/imports/DropZone'
import { ImportPage } from '@/features/imports/ImportPage'
import { ImportTable } from '@/features/imports/ImportTable'

import { useProjectPage } from './context'
import { projectRoute } from './layout'
import { SubNav } from './SubNav'
import { Tab } from './Tab'

const getParentRoute = () => projectRoute

const importsRoute = createRoute({
  getParentRoute,
  path: '/imports',
  component: function Imports() {
    const { project } = useProjectPage()
    return (
      <TransferTab project={project}>
        {canEdit(project) && (
          <Box mb="16px">
            <DropZone project={project} />
          </Box>
        )}
        <ImportTable project={project} />
      </TransferTab>
    )
  },
})

const importRoute = createRoute({
  getParentRoute,
  path: '/imports/$importId',
  component: function Import() {
    const { project, openNewMap } = useProjectPage()
    const { importId } = importRoute.useParams()
    return (
      <Tab>
        <ImportPage key={importId} project={project} importId={importId} onNewMap={openNewMap} />
      </Tab>
    )
  },
})

const exportsRoute = createRoute({
  getParentRoute,
  path: '/exports',
  component: function Exports() {
    const { project, me } = useProjectPage()
    return (
      <TransferTab project={project}>
        <ExportTable project={project} me={me} />
      </TransferTab>
    )
  },
})

/** Data on its way in and out, as files. */
export const transferRoutes = [importsRoute, importRoute, exportsRoute] as const

function TransferTab({ project, children }: { project: ProjectInfo; children: ReactNode }) {
  const params = { namespace: project.namespace, project: project.name }
  return (
    <Tab>
      <SubNav label="Imports and exports">
        <Link to="/projects/$namespace/$project/imports" params={params} activeOptions={{ exact: true }}>
          Imports
        </Link>
        <Link to="/projects/$namespace/$project/exports" params={params}>
          Exports
        </Link>
      </SubNav>
      {children}
    </Tab>
  )
}
