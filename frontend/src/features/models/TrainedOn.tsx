import { Flex, IconButton, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { PencilLine } from 'lucide-react'
import { useState } from 'react'

import { canEdit, type ProjectInfo } from '@/api/project'
import type { TrainedModelRowFragment } from '@/gql/graphql'

import { TrainedOnDialog } from './TrainedOnDialog'

type Model = Pick<
  TrainedModelRowFragment,
  'id' | 'editVersion' | 'version' | 'trainedOnDataset' | 'trainedOnSlice'
>

/** The dataset or slice that a model was trained on, to be set by those who may. */
export function TrainedOn({ project, model }: { project: ProjectInfo; model: Model }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Flex align="center" gap="4px">
      <Place project={project} model={model} />
      {canEdit(project) && (
        <IconButton
          variant="ghost"
          size="xs"
          px="0"
          aria-label={`Say what ${model.version} was trained on`}
          onClick={() => setOpen(true)}
        >
          <PencilLine />
        </IconButton>
      )}
      {isOpen && <TrainedOnDialog project={project} model={model} onClose={() => setOpen(false)} />}
    </Flex>
  )
}

function Place({
  project,
  model: { trainedOnDataset, trainedOnSlice },
}: {
  project: ProjectInfo
  model: Model
}) {
  const params = { namespace: project.namespace, project: project.name }
  if (trainedOnSlice) {
    return (
      <Text>
        slice{' '}
        <Link
          to="/projects/$namespace/$project/slices/$sliceId"
          params={{ ...params, sliceId: trainedOnSlice.id }}
        >
          {trainedOnSlice.name}
        </Link>
      </Text>
    )
  }
  if (!trainedOnDataset) return <Text color="text3">not said</Text>
  return (
    <Link
      to="/projects/$namespace/$project/datasets/$datasetId"
      params={{ ...params, datasetId: trainedOnDataset.id }}
    >
      {trainedOnDataset.name}
    </Link>
  )
}
