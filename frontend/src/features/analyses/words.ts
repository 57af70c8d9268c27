import type { AnalysisKind, ScoreDirection } from '@/gql/graphql'

export const kindWords: Record<AnalysisKind, string> = {
  CLASS_QUALITY: 'Class quality',
  MATCH_OBJECTS: 'Object matches',
}

/** A score says which end is bad. */
export const directionWords: Record<ScoreDirection, string> = {
  HIGH_IS_BAD: 'high is bad',
  LOW_IS_BAD: 'low is bad',
  NEUTRAL: 'neither end is bad',
}

interface Parameters {
  trained_model?: string
  layer?: string
  reference?: { dataset: string }
  targets?: { dataset: string }[]
  dataset?: string
}

/** What an analysis was made of, in one line. */
export function sourceWords(parameters: unknown): string {
  const { trained_model: model, layer, reference, targets, dataset } = (parameters ?? {}) as Parameters
  const by = [model, layer].filter(Boolean).join(', ')
  if (dataset) return `${dataset}, boxes of ${by}`
  const scored = (targets ?? []).map((target) => target.dataset).join(' + ')
  return `${scored} against ${reference?.dataset ?? 'a deleted dataset'}, by ${by}`
}
