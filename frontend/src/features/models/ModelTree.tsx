import { chakra, Flex, Text } from '@chakra-ui/react'
import { Box, Cpu, Layers2, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

import type { ProjectInfo } from '@/api/project'
import { countOf, formatCount } from '@/components/format'
import type { ModelsQuery, TrainedModelBranchFragment } from '@/gql/graphql'

import { ModelMenu } from './ModelMenu'

type Architecture = ModelsQuery['modelArchitectures']['edges'][number]['node']

export function ModelTree({ project, architecture }: { project: ProjectInfo; architecture: Architecture }) {
  const trained = architecture.trainedModels.edges.map(({ node }) => node)
  const hidden = architecture.trainedModels.totalCount - trained.length
  return (
    <chakra.ul listStyleType="none">
      <Branch depth={0} icon={Box} name={architecture.name} note="model architecture">
        <ModelMenu
          project={project}
          noun="model architecture"
          id={architecture.id}
          name={architecture.name}
        />
      </Branch>
      {trained.map((model) => (
        <TrainedModel key={model.id} project={project} model={model} />
      ))}
      {hidden > 0 && <Branch depth={1} icon={Cpu} name={`${formatCount(hidden)} more versions`} />}
    </chakra.ul>
  )
}

function TrainedModel({ project, model }: { project: ProjectInfo; model: TrainedModelBranchFragment }) {
  const inferenceCount = model.inferenceSets.edges.reduce((sum, { node }) => sum + node.inferenceCount, 0)
  const layers = model.layerSets.edges.flatMap(({ node }) => node.layers.edges.map((edge) => edge.node))
  return (
    <>
      <Branch
        depth={1}
        icon={Cpu}
        name={model.version}
        note={model.trainedOnDataset ? `trained on ${model.trainedOnDataset.name}` : 'trained model'}
        figure={countOf(inferenceCount, 'inference')}
      >
        <ModelMenu project={project} noun="trained model" id={model.id} name={model.version} />
      </Branch>
      {layers.length === 0 && <Branch depth={2} icon={Layers2} note="No layer captured" />}
      {layers.map((layer) => (
        <Branch
          key={layer.id}
          depth={2}
          icon={Layers2}
          name={layer.name}
          note="layer"
          figure={layerFigure(layer)}
        />
      ))}
    </>
  )
}

interface BranchProps {
  depth: number
  icon: LucideIcon
  name?: string
  note?: string
  figure?: string
  children?: ReactNode
}

function Branch({ depth, icon: Icon, name, note, figure, children }: BranchProps) {
  return (
    <chakra.li>
      <Flex align="center" gap="6px" minH="24px" ps={`${depth * 20}px`} textStyle="dense">
        <Icon size={14} strokeWidth={1.5} style={{ flexShrink: 0 }} aria-hidden="true" />
        {name && (
          <Text fontWeight={500} truncate>
            {name}
          </Text>
        )}
        <Text color="text2" truncate>
          {note}
        </Text>
        <Text color="text2" ms="auto" whiteSpace="nowrap">
          {figure}
        </Text>
        {children}
      </Flex>
    </chakra.li>
  )
}

type Layer =
  TrainedModelBranchFragment['layerSets']['edges'][number]['node']['layers']['edges'][number]['node']

function layerFigure(layer: Layer): string {
  const sets = layer.embeddingSets.edges.map(({ node }) => node)
  const dimensions = [...new Set(sets.map((each) => `${each.dimension}-d`))].join(', ')
  const count = sets.reduce((sum, each) => sum + each.embeddingCount, 0)
  return dimensions ? `${dimensions}, ${countOf(count, 'embedding')}` : 'no embeddings'
}
