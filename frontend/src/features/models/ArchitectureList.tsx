import { Flex, Skeleton } from '@chakra-ui/react'
import { Box } from 'lucide-react'

import { useEndless } from '@/api/endless'
import { canEdit, type ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { CreateByName } from '@/components/CreateByName'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { formatCount } from '@/components/format'
import { SectionHead } from '@/components/SectionHead'
import { ShowMore } from '@/components/ShowMore'
import type { ArchitectureListQuery } from '@/gql/graphql'

import { aboutModels } from './about'
import { ArchitectureCard } from './ArchitectureCard'
import { ArchitectureList as Architectures } from './documents'
import { CreateModelArchitecture } from './writes'

const pick = (data: ArchitectureListQuery) => data.modelArchitectures

/** All model architectures, each with its trained models. */
export function ArchitectureList({ project }: { project: ProjectInfo }) {
  const projectId = project.id
  const list = useEndless({
    query: Architectures,
    variables: { projectId },
    pick,
    projectId,
    about: aboutModels,
    pageSize: 20,
  })
  const { nodes, totalCount, error } = list
  return (
    <section>
      <SectionHead
        title="Models"
        note={totalCount !== undefined && formatCount(totalCount)}
        action={
          canEdit(project) && (
            <CreateByName
              projectId={projectId}
              noun="model architecture"
              mutation={CreateModelArchitecture}
              input={(name) => ({ projectId, name })}
              hint="The kind of network, as in resnet50. Its trained versions come below it."
            />
          )
        }
      />
      {!nodes && !error && <Skeleton h="147px" borderRadius="card" />}
      {!nodes && error && <FailureState error={error} what="The list of models" onRetry={list.refresh} />}
      {nodes?.length === 0 && (
        <Card>
          <EmptyState icon={Box} title="No models yet">
            Log inferences or embeddings with model= and version=, and the model appears here.
          </EmptyState>
        </Card>
      )}
      <Flex direction="column" gap="12px">
        {nodes?.map((architecture) => (
          <ArchitectureCard key={architecture.id} project={project} architecture={architecture} />
        ))}
      </Flex>
      {list.hasMore && (
        <ShowMore label="Show more models" isPending={list.isLoadingMore} onMore={list.loadMore} />
      )}
    </section>
  )
}
