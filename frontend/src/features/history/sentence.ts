import { countOf } from '@/components/format'
import type { HistoryEntryFragment } from '@/gql/graphql'

export interface Part {
  text: string
  isName?: boolean
}
type Entry = Pick<HistoryEntryFragment, 'action' | 'targetType' | 'targetName' | 'before' | 'after'>
type Values = Record<string, unknown>

const nouns: Record<string, string> = {
  projection_set: 'map',
  inference_set: 'inferences',
  embedding_set: 'embeddings',
  membership: 'member',
  api_token: 'token',
}

/** What follows the person's name in an entry of the history. */
export function sentence(entry: Entry): Part[] {
  const after = (entry.after ?? {}) as Values
  const before = (entry.before ?? {}) as Values
  return special(entry, before, after) ?? general(entry, before, after)
}

function special({ action, targetType, targetName }: Entry, before: Values, after: Values): Part[] | null {
  const target = name(targetName)
  const count = Number(after.count ?? after.changed ?? before.count ?? 0)
  switch (`${action} ${targetType}`) {
    case 'logged dataset':
      return [plain(`logged ${loggedCount(after)} to `), target]
    case 'tagged tag':
      return [plain(`tagged ${countOf(count, 'datapoint')} `), target]
    case 'untagged tag':
      return [plain('took '), target, plain(` off ${countOf(count, 'datapoint')}`)]
    case 'labelled dataset':
      return labelled(count, target, after)
    case 'invited membership':
      return [plain('invited '), target, plain(roleText(after))]
    case 'accepted membership':
      return [plain('joined the project')]
    case 'declined membership':
      return [plain('declined the invitation')]
    case 'left membership':
      return [plain('left the project')]
    case 'removed membership':
      return [plain('removed '), target, plain(' from the project')]
    case 'commented datapoint':
      return [plain('commented on '), target]
    case 'created comment':
      return [plain('commented on '), name(String(after.datapoint ?? ''))]
    default:
      return null
  }
}

function general({ action, targetType, targetName }: Entry, before: Values, after: Values): Part[] {
  const noun = nouns[targetType] ?? targetType.replaceAll('_', ' ')
  if (action === 'renamed' && before.name) {
    return [
      plain(`renamed ${noun} `),
      name(String(before.name)),
      plain(' to '),
      name(String(after.name ?? targetName)),
    ]
  }
  if (typeof after.role === 'string')
    return [plain('made '), name(targetName), plain(` ${article(after.role)}`)]
  return [plain(`${action.replaceAll('_', ' ')} ${noun} `), name(targetName)]
}

function labelled(count: number, dataset: Part, after: Values): Part[] {
  const category = after.category ?? after.label
  if (!category) return [plain(`cleared the label of ${countOf(count, 'datapoint')} in `), dataset]
  return [plain(`set the label of ${countOf(count, 'datapoint')} to `), name(String(category))]
}

function loggedCount(after: Values): string {
  const added = Number(after.added ?? 0)
  const updated = Number(after.updated ?? 0)
  if (added > 0) return countOf(added, 'datapoint')
  return updated > 0 ? `${countOf(updated, 'changed datapoint')}` : 'nothing new'
}

function roleText(after: Values): string {
  return typeof after.role === 'string' ? ` as ${article(after.role)}` : ''
}

function article(role: string): string {
  const word = role.toLowerCase()
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`
}

function plain(text: string): Part {
  return { text }
}

function name(text: string): Part {
  return { text, isName: true }
}
