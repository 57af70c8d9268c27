import { Flex, Skeleton } from '@chakra-ui/react'
import { Link, useNavigate } from '@tanstack/react-router'
import { Layers2 } from 'lucide-react'

import { useLiveQuery } from '@/api/live'
import type { ProjectInfo } from '@/api/project'
import { CardSection } from '@/components/CardSection'
import { FactList } from '@/components/FactList'
import { FailureState, NotThere } from '@/components/FailureState'
import { formatCount, formatMoment } from '@/components/format'
import { PageHead } from '@/components/PageHead'
import { useNow } from '@/components/useNow'

import { EmbeddingSetDetail } from './documents'
import { EmbeddingSetMenu } from './EmbeddingSetMenu'
import { MapsOfSet } from './MapsOfSet'
import { NeighborsCard } from './NeighborsCard'
import { modelName, setName } from './setName'

interface EmbeddingSetPageProps {
  project: ProjectInfo
  embeddingSetId: string
}

/** One embedding set: what it holds, where it came from, which maps show it. */
export function EmbeddingSetPage({ project, embeddingSetId }: EmbeddingSetPageProps) {
  const now = useNow()
  const navigate = useNavigate()
  const { data, error, refresh } = useLiveQuery({
    query: EmbeddingSetDetail,
    variables: { id: embeddingSetId },
    projectId: project.id,
    about: ['embedding_set', 'dataset', 'layer', 'trained_model'],
  })
  const params = { namespace: project.namespace, project: project.name }
  const set = data?.embeddingSet
  if (!set) {
    if (error) return <FailureState error={error} what="This embedding set" onRetry={refresh} />
    return data ? <NotThere what="This embedding set" /> : <Skeleton h="200px" />
  }
  return (
    <>
      <PageHead
        back={
          <Link to="/projects/$namespace/$project/embeddings" params={params}>
            Embedding sets
          </Link>
        }
        icon={Layers2}
        name={setName(set)}
        actions={
          <EmbeddingSetMenu
            project={project}
            set={set}
            onDeleted={() => void navigate({ to: '/projects/$namespace/$project/embeddings', params })}
          />
        }
      />
      <Flex direction="column" gap="16px">
        <CardSection title="Figures">
          <FactList
            facts={[
              {
                name: 'Dataset',
                value: (
                  <Link
                    to="/projects/$namespace/$project/datasets/$datasetId"
                    params={{ ...params, datasetId: set.dataset.id }}
                  >
                    {set.dataset.name}
                  </Link>
                ),
              },
              { name: 'Model', value: modelName(set.layer) },
              { name: 'Layer', value: set.layer.name },
              { name: 'Embeddings', value: formatCount(set.embeddingCount) },
              set.objectCount > 0 && {
                name: 'Of them',
                value: `${formatCount(set.contextCount)} of contexts, ${formatCount(set.objectCount)} of objects`,
              },
              { name: 'Dimensions', value: formatCount(set.dimension) },
              { name: 'Stored as', value: set.dtype },
              { name: 'First logged', value: formatMoment(set.createdAt, now) },
            ]}
          />
        </CardSection>
        <NeighborsCard project={project} embeddingSetId={set.id} graphs={set.neighborGraphs} />
        <MapsOfSet project={project} embeddingSetId={embeddingSetId} />
      </Flex>
    </>
  )
}
