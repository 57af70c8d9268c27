import { countOf } from '@/components/format'
import type { HistoryEntryFragment } from '@/gql/graphql'

export interface Part {
  text: string
  isName?: boolean
}
type Entry = Pick<HistoryEntryFragment, 'action' | 'targetType' | 'targetName' | 'before' | 'after'>
type Facts = Record<string, unknown>
type Teller = (target: string, before: Facts, after: Facts) => (string | Part)[]

/** What follows the person's name in an entry of the history. */
export function sentence({ action, targetType, targetName, before, after }: Entry): Part[] {
  const teller = tellers[`${action} ${targetType}`] ?? tellers[action] ?? general(action)
  const target = targetType === 'membership' ? memberOf(targetName) : targetName
  const noun = nouns[targetType] ?? targetType.replaceAll('_', ' ')
  const parts = teller(target, (before ?? {}) as Facts, (after ?? {}) as Facts)
  return parts.map((part) => (typeof part === 'string' ? { text: part.replace('{noun}', noun) } : part))
}

const nouns: Record<string, string> = {
  projection_set: 'map',
  inference_set: 'inferences of',
  embedding_set: 'embeddings of',
  api_token: 'token',
}

/** By action, or by action and target type where the same action reads differently. */
const tellers: Record<string, Teller> = {
  renamed: (target, before, after) => {
    const [from, to] = [before.name ?? before.version, after.name ?? after.version]
    return ['renamed {noun} ', name(from ?? target), ' to ', name(to ?? target)]
  },
  'updated project': () => ['changed the description'],
  'uploaded project': (_target, _before, { files }) => [`uploaded ${countOf(Number(files), 'file')}`],
  'logged dataset': (target, _before, after) => [`logged ${loggedCount(after)} to `, name(target)],
  'logged projection_set': (target, _before, after) => [
    'logged map ',
    name(target),
    `, ${datapoints(after)}`,
  ],
  projection_started: (target) => ['started map ', name(target)],
  neighbors_started: (target) => ['asked for the neighbours of ', name(target)],
  analysis_started: (target) => ['started analysis ', name(target)],
  exported: (target) => ['exported ', name(target)],
  tagged: (target, _before, after) => [`tagged ${datapoints(after)} `, name(target)],
  untagged: (target, _before, after) => [`took ${datapoints(after)} off `, name(target)],
  labelled: (_target, _before, after) =>
    after.category
      ? [`set the label of ${datapoints(after)} to `, name(after.category)]
      : [`took the label off ${datapoints(after)}`],
  datapoints_deleted: (target, before) => [`deleted ${datapoints(before)} of `, name(target)],
  label_undone: (_target, _before, after) => [`set back the labels of ${datapoints(after)}`],
  invited: (target, _before, after) => ['invited ', name(target), ` as ${article(after.role)}`],
  accepted: () => ['joined the project'],
  declined: () => ['declined the invitation'],
  left: () => ['left the project'],
  removed: (target) => ['removed ', name(target), ' from the project'],
  role_changed: (target, _before, after) => ['made ', name(target), ` ${article(after.role)}`],
  token_created: (target) => ['created token ', name(target)],
  token_revoked: (target) => ['revoked token ', name(target)],
  root_granted: (target) => ['granted resource root ', name(target)],
  root_revoked: (target) => ['revoked resource root ', name(target)],
  'created comment': (_target, _before, after) => ['commented on ', name(after.datapoint ?? 'a datapoint')],
  'deleted comment': (_target, _before, after) => [
    'deleted a comment on ',
    name(after.datapoint ?? 'a datapoint'),
  ],
  frozen: (target) => ['froze {noun} ', name(target)],
  'updated slice': (target) => ['changed slice ', name(target)],
  'updated category': (target) => ['gave category ', name(target), ' another colour'],
  'updated trained_model': (target) => ['said what ', name(target), ' was trained on'],
  retried: (target) => ['ran ', name(target), ' again'],
  cancelled: (target) => ['cancelled ', name(target)],
}

function general(action: string): Teller {
  return (target) => [`${action.replaceAll('_', ' ')} {noun} `, name(target)]
}

/** A membership names itself "bob is editor of alice/MNIST". */
function memberOf(targetName: string): string {
  return targetName.split(' is ')[0]
}

function datapoints({ count }: Facts): string {
  return countOf(Number(count ?? 0), 'datapoint')
}

function loggedCount({ added, updated }: Facts): string {
  if (Number(added) > 0) return countOf(Number(added), 'datapoint')
  return Number(updated) > 0 ? countOf(Number(updated), 'changed datapoint') : 'nothing new'
}

function article(role: unknown): string {
  const word = String(role ?? 'member').toLowerCase()
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`
}

function name(text: unknown): Part {
  return { text: String(text), isName: true }
}
