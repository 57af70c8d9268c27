import { chakra, Flex, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { Box, Cpu, Layers2, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

import type { ProjectInfo } from '@/api/project'
import { countOf } from '@/components/format'

import { ArchitectureMenu, TrainedModelMenu } from './ModelMenus'
import type { ArchitectureBranch, LayerBranch, TrainedModelBranch } from './tree'

export function ModelTree({
  project,
  architecture,
}: {
  project: ProjectInfo
  architecture: ArchitectureBranch
}) {
  const { id, editVersion, name, trainedModels } = architecture
  return (
    <chakra.ul listStyleType="none">
      <Branch depth={0} icon={Box} name={name} note="model architecture">
        <ArchitectureMenu project={project} id={id} editVersion={editVersion} name={name} />
      </Branch>
      {trainedModels.map((model) => (
        <TrainedModel key={model.id} project={project} model={model} />
      ))}
    </chakra.ul>
  )
}

function TrainedModel({ project, model }: { project: ProjectInfo; model: TrainedModelBranch }) {
  return (
    <>
      <Branch
        depth={1}
        icon={Cpu}
        name={
          <Link
            to="/projects/$namespace/$project/models/$trainedModelId"
            params={{
              namespace: project.namespace,
              project: project.name,
              trainedModelId: model.id,
            }}
          >
            {model.version}
          </Link>
        }
        note={model.trainedOn ? `trained on ${model.trainedOn}` : 'trained model'}
        figure={countOf(model.inferenceCount, 'inference')}
      >
        <TrainedModelMenu
          project={project}
          id={model.id}
          editVersion={model.editVersion}
          name={model.version}
          version={model.version}
        />
      </Branch>
      {model.layers.length === 0 && <Branch depth={2} icon={Layers2} note="No layer captured" />}
      {model.layers.map((layer) => (
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
  name?: ReactNode
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

function layerFigure({ dimensions, embeddingCount }: LayerBranch): string {
  if (dimensions.length === 0) return 'no embeddings'
  return `${dimensions.map((each) => `${each}-d`).join(', ')}, ${countOf(embeddingCount, 'embedding')}`
}
