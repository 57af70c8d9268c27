import type { FieldValue, NamedValue } from '../state/fields'
import type { ExplorerMap } from './explorerMap'
import { AGREEMENT } from './points'

export const agreementValues: readonly FieldValue[] = [
  { id: 'no-label', code: AGREEMENT.noLabel, name: 'No label' },
  { id: 'agree', code: AGREEMENT.agree, name: 'Agree' },
  { id: 'disagree', code: AGREEMENT.disagree, name: 'Disagree' },
  { id: 'no-inference', code: AGREEMENT.noInference, name: 'No inference' },
]

export function categoryNames({ categories }: ExplorerMap): NamedValue[] {
  return categories.map(({ id, name, colour }) => ({ id: String(id), name, storedColour: colour }))
}
