import { AGREEMENT } from '../data/points'
import { agreementBetween, inferencesOf, type KnownDatapoint } from './known'

/** The label that the model proposes where it differs from the present one. */
export function suggestionFor(known: KnownDatapoint, modelId: string | null): string | undefined {
  const [main] = inferencesOf(known, modelId)
  const agreement = agreementBetween(known, main)
  const isOpen = agreement === AGREEMENT.disagree || agreement === AGREEMENT.noLabel
  return isOpen ? main?.category?.name : undefined
}
