/** The fields of one open map: those at hand, and those read because someone wanted them. */

import type { Field, FieldInfo } from '../state/fields'
import { fieldAtHand, readField } from './buildField'
import type { ColumnStore } from './columnStore'
import type { ExplorerMap } from './explorerMap'
import type { Points } from './points'

/** Names without a model stand for what the shown model says. */
const ofShownModel = ['inference', 'agreement', 'confidence']

export class FieldStore {
  private readonly known = new Map<string, { key: string; field: Field }>()
  private readonly reading = new Map<string, { key: string; field: Promise<Field> }>()

  constructor(
    private readonly mapOf: () => ExplorerMap,
    private readonly pointsOf: () => Points,
    private readonly columns: ColumnStore,
  ) {}

  /** The id as in a rule: with the model. */
  fullId(id: string): string {
    return ofShownModel.includes(id) ? `${id}:${this.mapOf().model?.id ?? ''}` : id
  }

  info(id: string): FieldInfo | undefined {
    const wanted = this.fullId(id)
    return this.mapOf().catalogue.find((each) => each.id === wanted)
  }

  /** The field if it is there; that of an older version while the newer one is read. */
  get(id: string): Field | undefined {
    const info = this.info(id)
    if (!info) return undefined
    const known = this.known.get(info.id)
    if (known?.key === this.keyOf(info)) return known.field
    const field = fieldAtHand(info, this.mapOf(), this.pointsOf())
    if (!field) return known?.field
    this.known.set(info.id, { key: this.keyOf(info), field })
    return field
  }

  async want(id: string): Promise<Field | undefined> {
    const info = this.info(id)
    if (!info || info.kind === 'tags') return undefined
    const key = this.keyOf(info)
    const field = this.get(id)
    if (field && this.known.get(info.id)?.key === key) return field
    const running = this.reading.get(info.id)
    if (running?.key === key) return running.field
    const reading = this.read(info, key)
    this.reading.set(info.id, { key, field: reading })
    return reading
  }

  /** After news: fields at hand are made anew, others are read again where what they are made of changed. */
  async refresh(): Promise<void> {
    const ids = [...this.known.keys()]
    for (const [id, known] of this.known) {
      const info = this.info(id)
      if (!info || isAtHand(info)) this.known.delete(id)
      // Labels may have changed too: the old field stays until the new one is there.
      else if (info.reading.as === 'agreement') known.key = ''
    }
    await Promise.all(ids.map((id) => this.want(id)))
  }

  /** Changes with everything that the field is made of. */
  private keyOf({ columns, reading }: FieldInfo): string {
    const versions = columns.map(({ dataset, name, version }) => `${dataset}/${name}@${version}`)
    const { categories } = this.mapOf()
    const names = reading.as === 'categories' ? categories.map(({ id, name }) => `${id} ${name}`) : []
    return [reading.as, ...versions, ...names].join('\n')
  }

  private async read(info: FieldInfo, key: string): Promise<Field> {
    try {
      const field = await readField(info, this.mapOf(), this.pointsOf(), this.columns)
      this.columns.forget(info.columns)
      this.known.set(info.id, { key, field })
      return field
    } finally {
      if (this.reading.get(info.id)?.key === key) this.reading.delete(info.id)
    }
  }
}

function isAtHand({ reading }: FieldInfo): boolean {
  return reading.as === 'points' || reading.as === 'byDataset'
}
