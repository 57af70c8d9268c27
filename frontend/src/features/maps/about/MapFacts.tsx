import { chakra } from '@chakra-ui/react'

import { CardSection } from '@/components/CardSection'
import { FactList } from '@/components/FactList'
import { formatCount, formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'
import type { MapAboutQuery } from '@/gql/graphql'

export type MapInFull = NonNullable<MapAboutQuery['projectionSet']>

const qualityWords: Record<string, string> = {
  trustworthiness: 'Trustworthiness, 1 is best',
  neighbor_preservation: 'Neighbours preserved',
  n_sampled: 'Measured on datapoints',
  n_neighbors: 'Neighbours compared',
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
            .map(([name, value]) => ({ name: qualityWords[name] ?? name, value: figure(value as number) })),
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

function figure(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : value.toFixed(3)
}
