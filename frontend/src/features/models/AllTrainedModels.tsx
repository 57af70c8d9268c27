import { useEndless } from '@/api/endless'
import type { Connection } from '@/api/endlessReader'
import type { ProjectInfo } from '@/api/project'
import { ShowMore } from '@/components/ShowMore'
import type { TrainedModelListQuery, TrainedModelRowFragment } from '@/gql/graphql'

import { aboutModels } from './about'
import { TrainedModelList } from './documents'
import { TrainedModelTable } from './TrainedModelTable'

const none: Connection<TrainedModelRowFragment> = { edges: [], pageInfo: { hasNextPage: false } }
const pick = (data: TrainedModelListQuery) => data.modelArchitecture?.trainedModels ?? none

interface AllTrainedModelsProps {
  project: ProjectInfo
  architecture: { id: string; name: string }
  /** Shown while the others are read. */
  first: readonly TrainedModelRowFragment[]
}

/** Every trained model of an architecture that has many. */
export function AllTrainedModels({ project, architecture, first }: AllTrainedModelsProps) {
  const list = useEndless({
    query: TrainedModelList,
    variables: { id: architecture.id },
    pick,
    projectId: project.id,
    about: aboutModels,
  })
  return (
    <>
      <TrainedModelTable project={project} architecture={architecture.name} models={list.nodes ?? first} />
      {list.hasMore && (
        <ShowMore label="Show more versions" isPending={list.isLoadingMore} onMore={list.loadMore} />
      )}
    </>
  )
}
