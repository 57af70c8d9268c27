import { Skeleton, Text } from '@chakra-ui/react'
import { Box } from 'lucide-react'

import { useLiveQuery } from '@/api/live'
import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { SectionHead } from '@/components/SectionHead'

import { Models } from './documents'
import { ModelTree } from './ModelTree'
import { modelTree } from './tree'

const about = ['model_architecture', 'trained_model', 'layer_set', 'layer', 'inference_set', 'embedding_set']

/** Architectures, their trained models, and the layers whose embeddings were logged. */
export function ModelSection({ project, isBrief = false }: { project: ProjectInfo; isBrief?: boolean }) {
  const projectId = project.id
  const { data, error, refresh } = useLiveQuery({ query: Models, variables: { projectId }, projectId, about })
  const architectures = data && modelTree(data)
  return (
    <section>
      <SectionHead title="Models" note={isBrief ? undefined : architectures?.length} />
      <Card p="8px 12px" minH="112px">
        {!architectures && !error && <Skeleton h="88px" />}
        {!architectures && error && (
          <FailureState error={error} what="The list of models" onRetry={refresh} />
        )}
        {architectures?.length === 0 && <NoModels isBrief={isBrief} />}
        {architectures?.map((each) => (
          <ModelTree key={each.id} project={project} architecture={each} />
        ))}
      </Card>
    </section>
  )
}

function NoModels({ isBrief }: { isBrief: boolean }) {
  const advice = 'Log inferences or embeddings with model= and version=, and the model appears here.'
  if (isBrief) return <Text color="text2">{advice}</Text>
  return (
    <EmptyState icon={Box} title="No models yet">
      {advice}
    </EmptyState>
  )
}
