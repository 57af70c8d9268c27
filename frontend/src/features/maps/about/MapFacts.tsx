import { chakra } from '@chakra-ui/react'

import { CardSection } from '@/components/CardSection'
import { FactList } from '@/components/FactList'
import { formatCount, formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'
import type { MapAboutQuery } from '@/gql/graphql'

export type MapInFull = NonNullable<MapAboutQuery['projectionSet']>

/** What each figure is called, and what it says. */
const qualityWords: Record<string, { name: string; sentence?: string }> = {
  trustworthiness: {
    name: 'Trustworthiness',
    sentence: 'Whether those near on the map were near before: 1 is best, 0.5 is chance.',
  },
  neighbor_preservation: {
    name: 'Neighbours kept',
    sentence: 'The share of nearest embeddings that are nearest points, on average.',
  },
  triplet_accuracy: {
    name: 'Order of distances',
    sentence: 'How often the map agrees which of two is nearer to a third: 0.5 is chance.',
  },
  label_accuracy: {
    name: 'Labels found',
    sentence: 'How often the 10 nearest points vote for a datapoint’s own label.',
  },
  neighbor_recall: {
    name: 'Neighbours found',
    sentence: 'The share of the true nearest embeddings that the search found, on a sample.',
  },
  n_sampled: { name: 'Measured on datapoints' },
  n_neighbors: { name: 'Neighbours compared' },
}

/** Method, parameters and quality of a map. */
export function MapFacts({ map }: { map: MapInFull }) {
  const now = useNow()
  const { method, parameters, seed } = map.projector
  const given = Object.entries((parameters ?? {}) as Record<string, unknown>)
  const quality = Object.entries((map.quality ?? {}) as Record<string, unknown>)
  return (
    <CardSection title="How it was made">
      <FactList
        facts={[
          { name: 'Datapoints', value: formatCount(map.projectionCount) },
          map.objectCount > 0 && {
            name: 'Of them objects',
            value: `${formatCount(map.objectCount)}, and ${formatCount(map.contextCount)} contexts`,
          },
          { name: 'Method', value: method },
          ...given
            .filter(([, value]) => value !== null)
            .map(([name, value]) => ({ name, value: <Code>{String(value)}</Code> })),
          seed != null && { name: 'Seed', value: <Code>{String(seed)}</Code> },
          ...quality
            .filter(([, value]) => typeof value === 'number')
            .map(([name, value]) => ({
              name: qualityWords[name]?.name ?? name,
              value: <Figure value={value as number} sentence={qualityWords[name]?.sentence} />,
            })),
          {
            name: 'Asked for',
            value: `${formatMoment(map.createdAt, now)}${map.createdBy ? ` by ${map.createdBy.username}` : ''}`,
          },
          map.finishedAt != null && { name: 'Finished', value: formatMoment(map.finishedAt, now) },
        ]}
      />
    </CardSection>
  )
}

function Code({ children }: { children: string }) {
  return <chakra.span textStyle="mono">{children}</chakra.span>
}

function Figure({ value, sentence }: { value: number; sentence?: string }) {
  return (
    <>
      {figure(value)}
      {sentence && (
        <chakra.span display="block" textStyle="dense" color="text3">
          {sentence}
        </chakra.span>
      )}
    </>
  )
}

function figure(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : value.toFixed(3)
}
