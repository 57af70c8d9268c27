import type { ImportDetailQuery } from '@/gql/graphql'

export type ImportColumn = NonNullable<ImportDetailQuery['import']>['columns'][number]
/** The field chosen for each column, by the column's name. */
export type Chosen = Readonly<Record<string, string>>

export const SKIP = 'skip'

/** What a column can become, in the order in which they are offered. */
const words: Record<string, string> = {
  key: 'key',
  label: 'label',
  inference: 'inference',
  confidence: 'confidence',
  text: 'text',
  uri: 'uri',
  file: 'file in the zip, or its sha256',
  tags: 'tags',
  metadata: 'metadata, all of it',
  embedding: 'embedding',
  role: 'role',
  parent: 'parent: key of the context',
  source: 'source of the object',
  box: 'box of four numbers',
  box_x: 'box x',
  box_y: 'box y',
  box_width: 'box width',
  box_height: 'box height',
  logged_label: 'label as logged',
  label_why: 'why the label was changed',
  inference_model: 'model of the inference',
}

/** The choices for one column: those above, metadata under its own name, what was suggested, and nothing. */
export function choicesFor(column: ImportColumn): [string, string][] {
  const own = `metadata:${column.name}`
  const choices: [string, string][] = [
    [SKIP, 'leave out'],
    [own, `metadata ${column.name}`],
    ...Object.entries(words),
  ]
  const { suggestedField } = column
  const isKnown = !suggestedField || choices.some(([field]) => field === suggestedField)
  return isKnown ? choices : [...choices, [suggestedField, suggestedField.replace(':', ' ')]]
}

export function suggestedMapping(columns: readonly ImportColumn[]): Chosen {
  const taken = new Set<string>()
  return Object.fromEntries(
    columns.map(({ name, suggestedField }) => {
      const field = suggestedField ?? SKIP
      const isFree = field === SKIP || !taken.has(field)
      taken.add(field)
      return [name, isFree ? field : SKIP]
    }),
  )
}

/** What is wrong with the choice for a column, before the server is asked. */
export function choiceError(column: string, chosen: Chosen): string | undefined {
  const field = chosen[column]
  if (!field || field === SKIP) return undefined
  const other = Object.keys(chosen).find((each) => each !== column && chosen[each] === field)
  return other === undefined ? undefined : `${other} is mapped to it, too.`
}

export function hasKey(chosen: Chosen): boolean {
  return Object.values(chosen).includes('key')
}

/** Whether inferences or embeddings are given without saying in the column's name whose they are. */
export function needsModel(chosen: Chosen): boolean {
  const fields = Object.values(chosen)
  return ['inference', 'confidence', 'embedding', 'embedding16', 'embedding64'].some((field) =>
    fields.includes(field),
  )
}

export function needsLayer(chosen: Chosen): boolean {
  return Object.values(chosen).some((field) => /^embedding(16|64)?$/.test(field))
}
