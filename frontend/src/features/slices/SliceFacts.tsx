import { Flex, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'

import type { ProjectInfo } from '@/api/project'
import { CardSection } from '@/components/CardSection'
import { FactList } from '@/components/FactList'
import { formatCount, formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'

import type { SliceInFull } from './SliceContents'

export function SliceFacts({ project, slice }: { project: ProjectInfo; slice: SliceInFull }) {
  const now = useNow()
  const params = { namespace: project.namespace, project: project.name }
  return (
    <Flex direction="column" gap="16px">
      <CardSection title="About">
        <FactList
          facts={[
            { name: 'Description', value: slice.description || <Text color="text3">none</Text> },
            { name: 'Datapoints', value: formatCount(slice.datapointCount) },
            { name: 'Created', value: formatMoment(slice.createdAt, now) },
            { name: 'By', value: slice.createdBy?.username ?? 'a former member' },
            { name: 'Last change', value: formatMoment(slice.updatedAt, now) },
          ]}
        />
      </CardSection>
      <CardSection title="Models trained on it" note={slice.trainedModels.length}>
        {slice.trainedModels.length === 0 && (
          <Text color="text2">None. The page of a trained model says what it was trained on.</Text>
        )}
        {slice.trainedModels.map((model) => (
          <Text key={model.id} minH="24px">
            <Link
              to="/projects/$namespace/$project/models/$trainedModelId"
              params={{ ...params, trainedModelId: model.id }}
            >
              {model.modelArchitecture.name} {model.version}
            </Link>
          </Text>
        ))}
      </CardSection>
    </Flex>
  )
}
