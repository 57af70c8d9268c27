import { Button, Flex, Heading, Text } from '@chakra-ui/react'
import { Box } from 'lucide-react'
import { useState } from 'react'

import { canEdit, type ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { CreateByName } from '@/components/CreateByName'
import { countOf, formatCount } from '@/components/format'
import type { ArchitectureRowFragment } from '@/gql/graphql'

import { AllTrainedModels } from './AllTrainedModels'
import { ArchitectureMenu } from './ModelMenus'
import { TrainedModelTable } from './TrainedModelTable'
import { CreateTrainedModel } from './writes'

interface ArchitectureCardProps {
  project: ProjectInfo
  architecture: ArchitectureRowFragment
}

export function ArchitectureCard({ project, architecture }: ArchitectureCardProps) {
  const [isWhole, setWhole] = useState(false)
  const { id, editVersion, name, trainedModels } = architecture
  const models = trainedModels.edges.map(({ node }) => node)
  const hasMore = trainedModels.totalCount > models.length
  return (
    <Card overflowX="auto" data-testid="architecture">
      <Flex align="center" gap="8px" px="12px" minH="44px">
        <Box size={16} strokeWidth={1.5} aria-hidden="true" />
        <Heading as="h3" textStyle="body" fontWeight={600} truncate>
          {name}
        </Heading>
        <Text color="text2" whiteSpace="nowrap">
          {countOf(trainedModels.totalCount, 'trained model')}
        </Text>
        <Flex ms="auto" gap="4px" align="center">
          {canEdit(project) && (
            <CreateByName
              projectId={project.id}
              noun="trained model"
              label="Version"
              mutation={CreateTrainedModel}
              input={(version) => ({ modelArchitectureId: id, version })}
              isQuiet
            />
          )}
          <ArchitectureMenu project={project} id={id} editVersion={editVersion} name={name} />
        </Flex>
      </Flex>
      {hasMore && isWhole && (
        <AllTrainedModels project={project} architecture={architecture} first={models} />
      )}
      {models.length > 0 && !(hasMore && isWhole) && (
        <TrainedModelTable project={project} architecture={name} models={models} />
      )}
      {hasMore && !isWhole && (
        <Button variant="ghost" m="4px" onClick={() => setWhole(true)}>
          Show all {formatCount(trainedModels.totalCount)} versions
        </Button>
      )}
    </Card>
  )
}
