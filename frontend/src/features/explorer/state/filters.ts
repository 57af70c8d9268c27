/** What a person has filtered: hidden or isolated values of a field, or a range of its numbers. */

/** Values by id; 'none' stands for having no value. */
export interface ValueFilter {
  kind: 'only' | 'without'
  values: readonly string[]
}

export interface RangeFilter {
  kind: 'range'
  /** Null where that end is open. */
  low: number | null
  high: number | null
  /** Whether datapoints without a value stay. */
  missing: boolean
}

export type Filter = ValueFilter | RangeFilter
/** By field id. */
export type Filters = Readonly<Record<string, Filter>>

/** So many can be in force at once: one bit each in the mask of what a point fails. */
export const MOST_FILTERS = 31

export function asValueFilter(filter: Filter | undefined): ValueFilter | undefined {
  return filter && filter.kind !== 'range' ? filter : undefined
}

export function asRangeFilter(filter: Filter | undefined): RangeFilter | undefined {
  return filter?.kind === 'range' ? filter : undefined
}

/** Hides a value that is shown, shows one that is hidden. */
export function toggleValue(filter: ValueFilter | undefined, value: string): ValueFilter | undefined {
  if (!filter) return { kind: 'without', values: [value] }
  const values = filter.values.includes(value)
    ? filter.values.filter((each) => each !== value)
    : [...filter.values, value]
  return values.length > 0 || filter.kind === 'only' ? { ...filter, values } : undefined
}

/** Shows this value alone; once more, all of them. */
export function isolateValue(filter: ValueFilter | undefined, value: string): ValueFilter | undefined {
  const isIsolated = filter?.kind === 'only' && filter.values.length === 1 && filter.values[0] === value
  return isIsolated ? undefined : { kind: 'only', values: [value] }
}

/** What was hidden is shown, and the other way round. */
export function invertFilter(filter: ValueFilter | undefined): ValueFilter | undefined {
  if (!filter) return { kind: 'only', values: [] }
  const kind = filter.kind === 'only' ? 'without' : 'only'
  return kind === 'without' && filter.values.length === 0 ? undefined : { kind, values: filter.values }
}

/** A range that leaves nothing out is no filter. */
export function rangeFilter(filter: RangeFilter): RangeFilter | undefined {
  return filter.low === null && filter.high === null && filter.missing ? undefined : filter
}

export function isShown(filter: ValueFilter | undefined, value: string): boolean {
  return !filter || filter.values.includes(value) === (filter.kind === 'only')
}

export function hasFilters(filters: Filters): boolean {
  return Object.keys(filters).length > 0
}

export function withFilter(filters: Filters, id: string, filter: Filter | undefined): Filters {
  const others = Object.fromEntries(Object.entries(filters).filter(([each]) => each !== id))
  return filter ? { ...others, [id]: filter } : others
}
