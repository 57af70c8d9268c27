import type { ExportFormat } from '@/gql/graphql'

interface FormatWords {
  title: string
  hint: string
  /** Whether it can carry vectors, and objects beside their contexts. */
  holdsEmbeddings: boolean
  holdsObjects: boolean
}

export const formats: Record<ExportFormat, FormatWords> = {
  PARQUET: {
    title: 'Parquet',
    hint: 'For pandas, Polars, Spark: all columns with their types.',
    holdsEmbeddings: true,
    holdsObjects: true,
  },
  CSV: {
    title: 'CSV',
    hint: 'For spreadsheets and anything else. Lists and metadata are written as text.',
    holdsEmbeddings: true,
    holdsObjects: true,
  },
  JSONL: {
    title: 'JSON Lines',
    hint: 'One JSON object a line.',
    holdsEmbeddings: true,
    holdsObjects: true,
  },
  COCO: {
    title: 'COCO',
    hint: 'Images and boxes for detection tools, in pixels.',
    holdsEmbeddings: false,
    holdsObjects: false,
  },
  KEYS: {
    title: 'Keys only',
    hint: 'One key a line, for a script that has the data already.',
    holdsEmbeddings: false,
    holdsObjects: true,
  },
}

export const formatOrder: readonly ExportFormat[] = ['PARQUET', 'CSV', 'JSONL', 'COCO', 'KEYS']

interface Scope {
  dataset?: { name: string }
  slice?: { name: string }
  selection?: { datapoints: number }
  include_objects?: boolean
  embedding_sets?: { name: string }[]
}

/** What an export holds, in words. */
export function scopeWords(scope: unknown): string {
  const {
    dataset,
    slice,
    selection,
    include_objects: hasObjects,
    embedding_sets: sets,
  } = (scope ?? {}) as Scope
  const parts = [
    dataset && `dataset ${dataset.name}`,
    slice && `slice ${slice.name}`,
    selection && `a selection of ${selection.datapoints.toLocaleString('en-GB')}`,
    hasObjects === false && 'without objects',
    sets && sets.length > 0 && `with ${sets.map((set) => set.name).join(', ')}`,
  ]
  return parts.filter(Boolean).join(', ')
}
