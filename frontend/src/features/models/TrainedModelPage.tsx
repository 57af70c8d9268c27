import { Flex, Grid, Skeleton } from '@chakra-ui/react'
import { Link, useNavigate } from '@tanstack/react-router'
import { Cpu } from 'lucide-react'

import { useLiveQuery } from '@/api/live'
import type { ProjectInfo } from '@/api/project'
import { CardSection } from '@/components/CardSection'
import { FactList } from '@/components/FactList'
import { FailureState, NotThere } from '@/components/FailureState'
import { formatMoment } from '@/components/format'
import { PageHead } from '@/components/PageHead'
import { useNow } from '@/components/useNow'

import { aboutModels } from './about'
import { TrainedModelDetail } from './documents'
import { InferencesOfModel } from './InferencesOfModel'
import { LayerTree } from './LayerTree'
import { TrainedModelMenu } from './ModelMenus'
import { TrainedOn } from './TrainedOn'

interface TrainedModelPageProps {
  project: ProjectInfo
  trainedModelId: string
}

/** One trained model: what it learnt from, its layers with their embeddings, and what it said. */
export function TrainedModelPage({ project, trainedModelId }: TrainedModelPageProps) {
  const now = useNow()
  const navigate = useNavigate()
  const { data, error, refresh } = useLiveQuery({
    query: TrainedModelDetail,
    variables: { id: trainedModelId },
    projectId: project.id,
    about: aboutModels,
  })
  const params = { namespace: project.namespace, project: project.name }
  const model = data?.trainedModel
  if (!model) {
    if (error) return <FailureState error={error} what="This model" onRetry={refresh} />
    return data ? <NotThere what="This model" /> : <Skeleton h="240px" />
  }
  const name = `${model.modelArchitecture.name} ${model.version}`
  return (
    <>
      <PageHead
        back={
          <Link to="/projects/$namespace/$project/models" params={params}>
            Models
          </Link>
        }
        icon={Cpu}
        name={name}
        actions={
          <TrainedModelMenu
            project={project}
            id={model.id}
            editVersion={model.editVersion}
            name={name}
            version={model.version}
            onDeleted={() => void navigate({ to: '/projects/$namespace/$project/models', params })}
          />
        }
      />
      <Grid templateColumns={{ base: '1fr', lg: 'minmax(0, 1fr) 360px' }} gap="20px" alignItems="start">
        <LayerTree project={project} model={model} />
        <Flex direction="column" gap="16px" minW={0}>
          <CardSection title="About">
            <FactList
              facts={[
                { name: 'Model architecture', value: model.modelArchitecture.name },
                { name: 'Version', value: model.version },
                { name: 'Trained on', value: <TrainedOn project={project} model={model} /> },
                { name: 'Created', value: formatMoment(model.createdAt, now) },
              ]}
            />
          </CardSection>
          <InferencesOfModel project={project} model={model} />
        </Flex>
      </Grid>
    </>
  )
}
