import { useState } from 'react'

import { graphql } from '@/gql'
import type { ProjectInfoFragment } from '@/gql/graphql'

import { useLiveQuery } from './live'

export type ProjectInfo = ProjectInfoFragment

export const ProjectInfoFields = graphql(`
  fragment ProjectInfo on Project {
    id
    editVersion
    namespace
    name
    fullName
    description
    createdAt
    myRole
    lastSeq
    datapointCount
  }
`)

const ProjectByName = graphql(`
  query ProjectByName($namespace: String!, $name: String!) {
    projectByName(namespace: $namespace, name: $name) {
      ...ProjectInfo
    }
  }
`)

/** The project of an address, kept fresh by its own news. */
export function useProject(namespace: string, name: string) {
  const [projectId, setProjectId] = useState('')
  const live = useLiveQuery({
    query: ProjectByName,
    variables: { namespace, name },
    projectId,
    about: ['project', 'membership', 'dataset'],
  })
  const project = live.data?.projectByName ?? null
  if (project && project.id !== projectId) setProjectId(project.id)
  return { ...live, project }
}

export function canEdit(project: Pick<ProjectInfo, 'myRole'>): boolean {
  return project.myRole !== 'VIEWER'
}

export function isOwner(project: Pick<ProjectInfo, 'myRole'>): boolean {
  return project.myRole === 'OWNER'
}
