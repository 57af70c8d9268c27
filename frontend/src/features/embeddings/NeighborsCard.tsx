import { Button, Flex, NativeSelect, Text } from '@chakra-ui/react'
import { useState } from 'react'

import { useAction } from '@/api/action'
import { errorText, type UserError } from '@/api/errors'
import { canEdit, type ProjectInfo } from '@/api/project'
import { CardSection } from '@/components/CardSection'
import { Chip } from '@/components/Chip'
import { countOf, formatMoment } from '@/components/format'
import { toast } from '@/components/toast'
import { useNow } from '@/components/useNow'
import type { EmbeddingSetDetailQuery, Metric } from '@/gql/graphql'

import { ComputeNeighbors } from './documents'

type Graph = NonNullable<EmbeddingSetDetailQuery['embeddingSet']>['neighborGraphs'][number]

const METRICS: readonly Metric[] = ['COSINE', 'EUCLIDEAN', 'DOT', 'MANHATTAN', 'CORRELATION']

interface NeighborsCardProps {
  project: ProjectInfo
  embeddingSetId: string
  graphs: readonly Graph[]
}

/** The stored nearest neighbours: maps take them, and "Find similar" answers from them at once. */
export function NeighborsCard({ project, embeddingSetId, graphs }: NeighborsCardProps) {
  const missing = METRICS.filter((each) => !graphs.some(({ metric }) => metric === each))
  const [chosen, choose] = useState<Metric | null>(null)
  const metric = chosen && missing.includes(chosen) ? chosen : missing[0]
  const { run, isPending } = useAction(ComputeNeighbors, tell)
  const mayEdit = canEdit(project)

  async function compute(of: Metric) {
    const started = await run({ input: { embeddingSetId, metric: of } })
    if (started) toast({ text: `Computing the ${of.toLowerCase()} neighbours; see the jobs.` })
  }
  return (
    <CardSection title="Neighbours" note="what maps share, and Find similar answers from">
      <Flex direction="column" gap="8px" textStyle="dense">
        {graphs.map((graph) => (
          <GraphLine
            key={graph.metric}
            graph={graph}
            onUpdate={mayEdit ? () => void compute(graph.metric) : null}
            isPending={isPending}
          />
        ))}
        {graphs.length === 0 && (
          <Text color="text2">
            None are stored yet. The first map of this set stores them; they can be computed here, too.
          </Text>
        )}
        {mayEdit && metric && (
          <Flex gap="8px" align="center">
            <NativeSelect.Root size="sm" width="160px">
              <NativeSelect.Field
                aria-label="Metric"
                value={metric}
                onChange={(event) => choose(event.target.value as Metric)}
              >
                {missing.map((each) => (
                  <option key={each} value={each}>
                    {each.toLowerCase()}
                  </option>
                ))}
              </NativeSelect.Field>
              <NativeSelect.Indicator />
            </NativeSelect.Root>
            <Button loading={isPending} onClick={() => void compute(metric)} data-testid="compute-neighbors">
              Compute neighbours
            </Button>
          </Flex>
        )}
      </Flex>
    </CardSection>
  )
}

interface GraphLineProps {
  graph: Graph
  onUpdate: (() => void) | null
  isPending: boolean
}

function GraphLine({ graph, onUpdate, isPending }: GraphLineProps) {
  const now = useNow()
  const { metric, neighborCount, recall, isFresh, behindCount, updatedAt } = graph
  return (
    <Flex gap="8px" align="center" wrap="wrap" data-testid="neighbor-graph">
      <Text fontWeight="500">{metric.toLowerCase()}</Text>
      <Text color="text2">
        {neighborCount} each, itself included · {(100 * recall).toFixed(1)}% of the true ones ·{' '}
        {formatMoment(updatedAt, now)}
      </Text>
      <Chip tone={isFresh ? 'ok' : 'warning'}>
        {isFresh ? 'Up to date' : `${countOf(behindCount, 'vector')} behind`}
      </Chip>
      {!isFresh && onUpdate && (
        <Button variant="outline" loading={isPending} onClick={onUpdate} data-testid="update-neighbors">
          Bring up to date
        </Button>
      )}
    </Flex>
  )
}

function tell(errors: readonly UserError[]) {
  toast({ text: errorText(errors), tone: 'failed' })
}
