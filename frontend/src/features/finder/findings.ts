import type { FinderNamesQuery } from '@/gql/graphql'

export type FindingKind = 'map' | 'dataset' | 'model' | 'tag'

export interface Finding {
  kind: FindingKind
  id: string
  name: string
}

const most = 12

/** Everything in the project that has a name. */
export function findingsOf(data: FinderNamesQuery): Finding[] {
  const of = (kind: FindingKind, list: { edges: { node: { id: string; name: string } }[] }) =>
    list.edges.map(({ node: { id, name } }) => ({ kind, id, name }))
  return [
    ...of('map', data.projectionSets),
    ...of('dataset', data.datasets),
    ...of('model', data.modelArchitectures),
    ...of('tag', data.tags),
  ]
}

/** Those whose name has the words, names that begin with them first. */
export function matching(findings: readonly Finding[], text: string): Finding[] {
  const wanted = text.trim().toLowerCase()
  const words = wanted.split(/\s+/)
  return findings
    .filter(({ kind, name }) =>
      words.every((word) => kind.startsWith(word) || name.toLowerCase().includes(word)),
    )
    .map((finding, place) => ({
      finding,
      place,
      rank: finding.name.toLowerCase().startsWith(wanted) ? 0 : 1,
    }))
    .sort((left, right) => left.rank - right.rank || left.place - right.place)
    .slice(0, most)
    .map(({ finding }) => finding)
}
