/** What a selection was made of, in the words that the server understands: filters and lassos. */

import { asRangeFilter, type Filter, type Filters } from './filters'

export type RuleFilter =
  | { field: string; only: readonly string[] }
  | { field: string; without: readonly string[] }
  | { field: string; range: readonly [number | null, number | null]; missing: boolean }
  | { field: 'search'; contains: string }

export interface LassoStep {
  map: string
  mode: 'replace' | 'add' | 'remove'
  /** In the coordinates of the map. */
  polygon: readonly (readonly [number, number])[]
}

export interface Rule {
  version: 1
  filters: readonly RuleFilter[]
  lassos?: readonly LassoStep[]
  datasets?: readonly string[]
}

/** Limits of the server. */
const MOST_FILTERS = 50
const MOST_VALUES = 1_000
const MOST_LASSOS = 100

/** What the filters keep, or null where a rule has no words for one of them. */
export function rulesOf(filters: Filters): RuleFilter[] | null {
  const rules: RuleFilter[] = []
  for (const [field, filter] of Object.entries(filters)) {
    const rule = ruleOf(field, filter)
    if (!rule) return null
    rules.push(rule)
  }
  return rules.length <= MOST_FILTERS ? rules : null
}

export function ruleOf(field: string, filter: Filter): RuleFilter | null {
  // What a map knows is no fact of a dataset, of which rules speak.
  if (field.endsWith('-by-dataset') || field.startsWith('map:')) return null
  const range = asRangeFilter(filter)
  if (range) return { field, range: [range.low, range.high], missing: range.missing }
  if (filter.kind === 'range' || filter.values.length > MOST_VALUES) return null
  return filter.kind === 'only' ? { field, only: filter.values } : { field, without: filter.values }
}

/** How a selection came about, as far as a rule can say it. */
export interface Provenance {
  filters: readonly RuleFilter[]
  lassos: readonly LassoStep[]
}

/** After one more lasso under these filters; null where filters changed between lassos. */
export function withLasso(
  before: Provenance | null,
  isEmptyBefore: boolean,
  filters: readonly RuleFilter[] | null,
  step: LassoStep,
): Provenance | null {
  if (!filters) return null
  if (step.mode === 'replace' || (step.mode === 'add' && isEmptyBefore)) {
    return { filters, lassos: [{ ...step, mode: 'replace' }] }
  }
  // A lasso drawn after a selection without one only means the same where it takes away.
  if (!before || !isSame(before.filters, filters) || (step.mode === 'add' && before.lassos.length === 0)) {
    return null
  }
  return before.lassos.length < MOST_LASSOS ? { filters, lassos: [...before.lassos, step] } : null
}

export function toRule({ filters, lassos }: Provenance, datasets: readonly string[]): Rule {
  return { version: 1, filters, ...(lassos.length > 0 && { lassos }), datasets }
}

function isSame(a: readonly RuleFilter[], b: readonly RuleFilter[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
