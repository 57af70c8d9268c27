import { createContext, useContext } from 'react'

import type { MeUser } from '@/api/me'
import type { ProjectInfo } from '@/api/project'

interface ProjectPage {
  project: ProjectInfo
  me: MeUser
  isEmpty: boolean
  openNewMap: () => void
  openInvite: () => void
}

export const ProjectContext = createContext<ProjectPage | null>(null)

/** The project that the layout route has read. */
export function useProjectPage(): ProjectPage {
  const page = useContext(ProjectContext)
  if (!page) throw new Error('A tab of a project is drawn inside its layout.')
  return page
}
