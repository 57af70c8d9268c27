import { useEndless } from '@/api/endless'
import type { SliceListQuery } from '@/gql/graphql'

import { SliceList } from './documents'

const pick = (data: SliceListQuery) => data.slices

/** A rule is evaluated for its count, so that pages are small and only what changes slices themselves counts as news. */
export function useSlices(projectId: string, search: string, pageSize = 20) {
  return useEndless({
    query: SliceList,
    variables: { projectId, search },
    pick,
    projectId,
    about: ['slice', 'tag', 'dataset', 'datapoint'],
    pageSize,
  })
}
