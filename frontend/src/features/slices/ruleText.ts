import { formatCount } from '@/components/format'
import type { RuleNamesQuery } from '@/gql/graphql'

/** A rule as the server keeps it; docs/slices.md has its form. */
export interface Rule {
  filters?: RuleFilter[]
  lassos?: { map: string; mode: 'replace' | 'add' | 'remove'; polygon: unknown[] }[] | null
  datasets?: string[] | null
}
interface RuleFilter {
  field: string
  only?: string[]
  without?: string[]
  range?: [number | null, number | null]
  missing?: boolean
  contains?: string
}
export type Names = ReadonlyMap<string, string>

const shownValues = 8
const fixedWords: Record<string, string> = {
  none: 'none',
  agree: 'agree',
  disagree: 'disagree',
  'no-label': 'no label',
  'no-inference': 'no inference',
  ground_truth: 'ground truth',
}

/** What a rule keeps, one sentence for each of its conditions; all of them hold at once. */
export function ruleSentences(rule: Rule, names: Names): string[] {
  const sentences = (rule.filters ?? []).map((filter) => filterSentence(filter, names))
  if (rule.datasets && rule.datasets.length > 0) {
    sentences.unshift(`Dataset is ${listed(rule.datasets, names)}.`)
  }
  const maps = [...new Set((rule.lassos ?? []).map((lasso) => lasso.map))]
  for (const map of maps) {
    const count = (rule.lassos ?? []).filter((lasso) => lasso.map === map).length
    const lassos = count === 1 ? 'a lasso' : `${formatCount(count)} lassos`
    sentences.push(`Inside ${lassos} drawn on map ${names.get(map) ?? 'that was deleted'}.`)
  }
  return sentences.length > 0 ? sentences : ['Every datapoint of the project.']
}

function filterSentence(filter: RuleFilter, names: Names): string {
  const { field, only, without, range, contains, missing } = filter
  if (contains !== undefined) return `Key or text contains “${contains}”.`
  const subject = fieldWords(field, names)
  const [isOrIsNot, values] = only ? [':', only] : [': not', without]
  if (field.startsWith('agreement:') && values) return `${subject}${isOrIsNot} ${listed(values, names)}.`
  if (only) return `${subject} is ${listed(only, names)}.`
  if (without) return `${subject} is not ${listed(without, names)}.`
  const [low, high] = range ?? [null, null]
  return `${subject} is ${rangeWords(low, high)}${missing ? ', or has no value' : ''}.`
}

function fieldWords(field: string, names: Names): string {
  const [kind, ...rest] = field.split(':')
  const of = rest.join(':')
  if (kind === 'metadata') return `Metadata ${of}`
  if (kind === 'score') return `Score ${rest.at(-1)}`
  if (kind === 'agreement') return `Label and inference of ${names.get(of) ?? 'a deleted model'}`
  const noun = kind.charAt(0).toUpperCase() + kind.slice(1)
  return of ? `${noun} of ${names.get(of) ?? 'a deleted model'}` : noun
}

function listed(values: readonly string[], names: Names): string {
  const words = values.slice(0, shownValues).map((value) => fixedWords[value] ?? names.get(value) ?? value)
  if (values.length > shownValues) words.push(`${formatCount(values.length - shownValues)} more`)
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : (words[0] ?? 'nothing')
}

function rangeWords(low: number | null, high: number | null): string {
  if (low !== null && high !== null) return `${low} to ${high}`
  if (low !== null) return `${low} or more`
  return high !== null ? `at most ${high}` : 'anything'
}

export function namesOf(data: RuleNamesQuery | undefined): Names {
  if (!data) return new Map()
  const named = [data.categories, data.tags, data.datasets, data.projectionSets].flatMap(({ edges }) =>
    edges.map(({ node }): [string, string] => [node.id, node.name]),
  )
  const models = data.trainedModels.edges.map(({ node }): [string, string] => [
    node.id,
    `${node.modelArchitecture.name} ${node.version}`,
  ])
  return new Map([...named, ...models])
}
