import { useEndless } from '@/api/endless'
import type { TagListQuery } from '@/gql/graphql'

import { TagList } from './documents'

const pick = (data: TagListQuery) => data.tags

export function useTags(projectId: string, search: string, pageSize?: number) {
  return useEndless({
    query: TagList,
    variables: { projectId, search },
    pick,
    projectId,
    about: ['tag', 'dataset'],
    pageSize,
  })
}
