import type { DatapointQuery } from '@/gql/graphql'

import { AGREEMENT } from '../data/points'

/** All that the server told about one datapoint. */
export type KnownDatapoint = NonNullable<DatapointQuery['datapoint']>
export type KnownInference = KnownDatapoint['inferences'][number]

/** The model's name as people say it: architecture and version. */
export function modelName({
  modelArchitecture,
  version,
}: KnownInference['inferenceSet']['trainedModel']): string {
  return `${modelArchitecture.name} ${version}`
}

/** Of all models' inferences, those of `modelId` first. */
export function inferencesOf(known: KnownDatapoint, modelId: string | null): KnownInference[] {
  const rank = ({ inferenceSet }: KnownInference) => (inferenceSet.trainedModel.id === modelId ? 0 : 1)
  return [...known.inferences].sort((a, b) => rank(a) - rank(b))
}

/** Whether label and inference name the same category. */
export function agreementBetween(known: KnownDatapoint, inference: KnownInference | undefined): number {
  if (!known.label) return AGREEMENT.noLabel
  if (!inference?.category) return AGREEMENT.noInference
  return known.label.id === inference.category.id ? AGREEMENT.agree : AGREEMENT.disagree
}
