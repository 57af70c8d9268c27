/** What a person has filtered: hidden or isolated values of a dimension, and a range of confidence. */

export const valueDimensions = ['label', 'inference', 'agreement', 'dataset', 'tag'] as const
export type ValueDimension = (typeof valueDimensions)[number]
export type Dimension = ValueDimension | 'confidence'

/** Values by id; 'none' stands for having no value. */
export interface ValueFilter {
  kind: 'only' | 'without'
  values: readonly string[]
}

export type Range = readonly [number, number]

export type Filters = { readonly [D in ValueDimension]?: ValueFilter } & { readonly confidence?: Range }

export const NONE = 'none'

/** Hides a value that is shown, shows one that is hidden. */
export function toggleValue(filter: ValueFilter | undefined, value: string): ValueFilter | undefined {
  if (!filter) return { kind: 'without', values: [value] }
  const values = filter.values.includes(value)
    ? filter.values.filter((each) => each !== value)
    : [...filter.values, value]
  return values.length > 0 ? { ...filter, values } : undefined
}

/** Shows this value alone; once more, all of them. */
export function isolateValue(filter: ValueFilter | undefined, value: string): ValueFilter | undefined {
  const isIsolated = filter?.kind === 'only' && filter.values.length === 1 && filter.values[0] === value
  return isIsolated ? undefined : { kind: 'only', values: [value] }
}

export function isShown(filter: ValueFilter | undefined, value: string): boolean {
  return !filter || filter.values.includes(value) === (filter.kind === 'only')
}

export function hasFilters(filters: Filters): boolean {
  return Object.values(filters).some((filter) => filter !== undefined)
}
