import type { FinderNamesQuery } from '@/gql/graphql'

export type FindingKind =
  'datapoint' | 'map' | 'dataset' | 'slice' | 'analysis' | 'model' | 'tag' | 'job' | 'page'

export interface Finding {
  kind: FindingKind
  id: string
  name: string
  /** Where it lies, or what it says. */
  detail?: string
}

const most = 12

/** The pages of every project, by the last part of their address. */
const pages = {
  datasets: 'Datasets',
  categories: 'Categories',
  maps: 'Maps',
  models: 'Models',
  embeddings: 'Embedding sets',
  analyses: 'Analyses',
  tags: 'Tags',
  jobs: 'Jobs',
  imports: 'Imports',
  exports: 'Exports',
  history: 'History',
  members: 'Members',
}

/** Everything in the project that has a name. */
export function findingsOf(data: FinderNamesQuery): Finding[] {
  const of = (kind: FindingKind, list: { edges: { node: { id: string; name: string } }[] }) =>
    list.edges.map(({ node: { id, name } }) => ({ kind, id, name }))
  return [
    ...of('map', data.projectionSets),
    ...of('dataset', data.datasets),
    ...of('slice', data.slices),
    ...of('analysis', data.analyses),
    ...of('model', data.modelArchitectures),
    ...of('tag', data.tags),
    ...data.jobs.edges.map(({ node: { id, title } }) => ({ kind: 'job' as const, id, name: title })),
    ...Object.entries(pages).map(([id, name]) => ({ kind: 'page' as const, id, name })),
  ]
}

/** Where a finding leads, below its project. */
export function addressOf({ kind, id }: Finding): string {
  const addresses: Record<FindingKind, string> = {
    datapoint: `datapoints/${encodeURIComponent(id)}`,
    map: `maps/${id}`,
    dataset: `datasets/${id}`,
    slice: `slices/${id}`,
    analysis: `analyses/${id}`,
    model: 'models',
    tag: 'tags',
    job: `jobs/${id}`,
    page: id,
  }
  return addresses[kind]
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
