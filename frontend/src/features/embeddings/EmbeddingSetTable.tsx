import { Link } from '@tanstack/react-router'
import { Layers2 } from 'lucide-react'

import { useEndless } from '@/api/endless'
import type { ProjectInfo } from '@/api/project'
import { CellLink } from '@/components/CellLink'
import { EmptyState } from '@/components/EmptyState'
import { EntityList } from '@/components/EntityList'
import { formatCount, formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'
import type { EmbeddingSetListQuery } from '@/gql/graphql'

import { EmbeddingSetList } from './documents'
import { EmbeddingSetMenu } from './EmbeddingSetMenu'
import { modelName } from './setName'

const pick = (data: EmbeddingSetListQuery) => data.embeddingSets

/** All vectors of the project: one set for each dataset and layer. */
export function EmbeddingSetTable({ project }: { project: ProjectInfo }) {
  const now = useNow()
  const projectId = project.id
  const list = useEndless({
    query: EmbeddingSetList,
    variables: { projectId },
    pick,
    projectId,
    about: ['embedding_set', 'dataset', 'layer', 'trained_model', 'model_architecture'],
  })
  const params = { namespace: project.namespace, project: project.name }
  return (
    <EntityList
      title="Embedding sets"
      nouns="embedding sets"
      list={list}
      keyOf={(set) => set.id}
      testId="embedding-sets"
      empty={
        <EmptyState icon={Layers2} title="No embeddings yet">
          Log embeddings= together with model= and layer= into a dataset. Maps are made from them.
        </EmptyState>
      }
      columns={[
        {
          title: 'Layer',
          cell: (set) => (
            <CellLink>
              <Link
                to="/projects/$namespace/$project/embeddings/$embeddingSetId"
                params={{ ...params, embeddingSetId: set.id }}
              >
                {set.layer.name}
              </Link>
            </CellLink>
          ),
        },
        { title: 'Model', cell: (set) => modelName(set.layer) },
        { title: 'Dataset', cell: (set) => set.dataset.name },
        { title: 'Dimensions', isNumber: true, cell: (set) => formatCount(set.dimension) },
        { title: 'Embeddings', isNumber: true, cell: (set) => formatCount(set.embeddingCount) },
        { title: 'Stored as', cell: (set) => set.dtype },
        { title: 'First logged', cell: (set) => formatMoment(set.createdAt, now) },
        { title: '', width: '48px', cell: (set) => <EmbeddingSetMenu project={project} set={set} /> },
      ]}
    />
  )
}
