import { Flex, Text } from '@chakra-ui/react'
import { Link } from '@tanstack/react-router'
import { Layers2, Library } from 'lucide-react'

import { canEdit, type ProjectInfo } from '@/api/project'
import { Card } from '@/components/Card'
import { CreateByName } from '@/components/CreateByName'
import { countOf } from '@/components/format'
import { SectionHead } from '@/components/SectionHead'
import type { LayerSetBranchFragment } from '@/gql/graphql'

import type { ModelInFull } from './InferencesOfModel'
import { LayerMenu, LayerSetMenu } from './ModelMenus'
import { CreateLayer, CreateLayerSet } from './writes'

type LayerOfSet = LayerSetBranchFragment['layers']['edges'][number]['node']

/** Layer sets, their layers, and the embeddings of each. */
export function LayerTree({ project, model }: { project: ProjectInfo; model: ModelInFull }) {
  const sets = model.layerSets.edges.map(({ node }) => node)
  return (
    <section>
      <SectionHead
        title="Layer sets"
        note={sets.length}
        action={
          canEdit(project) && (
            <CreateByName
              projectId={project.id}
              noun="layer set"
              mutation={CreateLayerSet}
              input={(name) => ({ trainedModelId: model.id, name })}
              hint="Layers that are captured together."
            />
          )
        }
      />
      {sets.length === 0 && (
        <Card p="12px">
          <Text color="text2">
            No layer captured yet. Log embeddings= with layer=, or capture the model while it runs.
          </Text>
        </Card>
      )}
      <Flex direction="column" gap="12px">
        {sets.map((set) => (
          <LayerSetCard key={set.id} project={project} set={set} />
        ))}
      </Flex>
    </section>
  )
}

function LayerSetCard({ project, set }: { project: ProjectInfo; set: LayerSetBranchFragment }) {
  const layers = set.layers.edges.map(({ node }) => node)
  return (
    <Card p="4px 12px 8px" data-testid="layer-set">
      <Flex align="center" gap="8px" minH="36px">
        <Library size={16} strokeWidth={1.5} aria-hidden="true" />
        <Text fontWeight={600}>{set.name}</Text>
        <Text color="text2">{countOf(layers.length, 'layer')}</Text>
        <Flex ms="auto" gap="4px" align="center">
          {canEdit(project) && (
            <CreateByName
              projectId={project.id}
              noun="layer"
              mutation={CreateLayer}
              input={(name) => ({ layerSetId: set.id, name })}
              isQuiet
            />
          )}
          <LayerSetMenu project={project} id={set.id} editVersion={set.editVersion} name={set.name} />
        </Flex>
      </Flex>
      {layers.map((layer) => (
        <LayerRow key={layer.id} project={project} layer={layer} />
      ))}
    </Card>
  )
}

function LayerRow({ project, layer }: { project: ProjectInfo; layer: LayerOfSet }) {
  const sets = layer.embeddingSets.edges.map(({ node }) => node)
  const params = { namespace: project.namespace, project: project.name }
  return (
    <Flex align="center" gap="8px" minH="32px" ps="24px" textStyle="dense" data-testid="layer">
      <Layers2 size={14} strokeWidth={1.5} style={{ flexShrink: 0 }} aria-hidden="true" />
      <Text fontWeight={500}>{layer.name}</Text>
      <Flex color="text2" gap="4px 12px" wrap="wrap" flex={1}>
        {sets.length === 0 && <Text>no embeddings</Text>}
        {sets.map((set) => (
          <Link
            key={set.id}
            to="/projects/$namespace/$project/embeddings/$embeddingSetId"
            params={{ ...params, embeddingSetId: set.id }}
          >
            {set.dataset.name}: {set.dimension}-d, {countOf(set.embeddingCount, 'embedding')}
          </Link>
        ))}
      </Flex>
      <LayerMenu project={project} id={layer.id} editVersion={layer.editVersion} name={layer.name} />
    </Flex>
  )
}
