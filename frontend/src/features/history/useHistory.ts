import { useLiveQuery } from '@/api/live'
import type { ProjectChange } from '@/api/news'

import { History } from './documents'

/** Whatever changes in a project leaves an entry, so that every kind of change concerns the history. */
const anything: ProjectChange['targetType'][] = [
  'project',
  'membership',
  'dataset',
  'category',
  'tag',
  'datapoint',
  'comment',
  'model_architecture',
  'trained_model',
  'layer_set',
  'layer',
  'inference_set',
  'embedding_set',
  'projection_set',
  'job',
  'slice',
  'analysis',
  'export',
  'import',
]

export function useHistory(projectId: string, first: number, after: string | null) {
  const live = useLiveQuery({
    query: History,
    variables: { projectId, first, after },
    projectId,
    about: anything,
  })
  return { ...live, entries: live.data?.auditEntries.edges.map(({ node }) => node) }
}
