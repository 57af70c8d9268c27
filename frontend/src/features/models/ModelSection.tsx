import { Skeleton, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'

import { useLiveQuery } from '@/api/live'
import type { ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { FailureState } from '@/components/FailureState'
import { SectionHead } from '@/components/SectionHead'
import { SeeAll } from '@/components/SeeAll'

import { aboutModels } from './about'
import { Models } from './documents'
import { ModelTree } from './ModelTree'
import { modelTree } from './tree'

const shown = 4

/** On the overview: architectures, their trained models, and the layers whose embeddings were logged. */
export function ModelSection({ project }: { project: ProjectInfo }) {
  const projectId = project.id
  const { data, error, refresh } = useLiveQuery({
    query: Models,
    variables: { projectId },
    projectId,
    about: aboutModels,
  })
  const architectures = data && modelTree(data)
  return (
    <section>
      <SectionHead
        title="Models"
        action={
          <SeeAll>
            <Link
              to="/projects/$namespace/$project/models"
              params={{ namespace: project.namespace, project: project.name }}
            >
              See all
            </Link>
          </SeeAll>
        }
      />
      <Card p="8px 12px" minH="112px">
        {!architectures && !error && <Skeleton h="88px" />}
        {!architectures && error && (
          <FailureState error={error} what="The list of models" onRetry={refresh} />
        )}
        {architectures?.length === 0 && (
          <Text color="text2">
            Log inferences or embeddings with model= and version=, and the model appears here.
          </Text>
        )}
        {architectures?.slice(0, shown).map((each) => (
          <ModelTree key={each.id} project={project} architecture={each} />
        ))}
      </Card>
    </section>
  )
}
