import { isOwner, type ProjectInfo } from '@/api/project'
import { EntityMenu } from '@/components/EntityMenu'
import { countOf } from '@/components/format'
import type { EmbeddingSetRowFragment } from '@/gql/graphql'

import { DeleteEmbeddingSet } from './documents'
import { setName } from './setName'

interface EmbeddingSetMenuProps {
  project: ProjectInfo
  set: EmbeddingSetRowFragment
  onDeleted?: () => void
}

/** Embeddings are logged data, so that only owners delete them. */
export function EmbeddingSetMenu({ project, set, onDeleted }: EmbeddingSetMenuProps) {
  const count = countOf(set.embeddingCount, 'embedding')
  return (
    <EntityMenu
      project={project}
      noun="embeddings"
      name={setName(set)}
      remove={
        isOwner(project)
          ? {
              mutation: DeleteEmbeddingSet,
              input: { id: set.id },
              consequences: `${count} are deleted, and the maps made from them too. Datapoints and labels stay.`,
              onDone: onDeleted,
            }
          : undefined
      }
    />
  )
}
