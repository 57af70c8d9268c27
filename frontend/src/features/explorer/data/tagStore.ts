/** Which points carry which tag. Read when someone looks at a tag, and again when its members changed. */

import type { ColumnStore } from './columnStore'
import type { ExplorerMap, MapTag } from './explorerMap'
import { eachValue } from './gather'
import type { Points } from './points'

interface Known {
  version: string
  members: Uint32Array
}

const AT_ONCE = 6

export class TagStore {
  private readonly known = new Map<string, Known>()
  private readonly reading = new Map<string, Promise<void>>()
  private waiting: (() => void)[] = []
  private running = 0

  constructor(
    private readonly mapOf: () => ExplorerMap,
    private readonly pointsOf: () => Points,
    private readonly columns: ColumnStore,
    private readonly changed: (tagId: string) => void,
  ) {}

  /** The points with the tag, ascending, as last read. */
  members(tagId: string): Uint32Array | undefined {
    return this.known.get(tagId)?.members
  }

  /** Points on this map with any tag; those of tags never looked at are read first. */
  async tagged(): Promise<Uint8Array> {
    const { tags } = this.mapOf()
    await Promise.all(tags.map(({ id }) => this.request(id)))
    const flags = new Uint8Array(this.pointsOf().count)
    for (const { id } of tags) for (const point of this.members(id) ?? []) flags[point] = 1
    return flags
  }

  /** Has the members read, unless they are known as they are now. */
  request(tagId: string): Promise<void> {
    const tag = this.mapOf().tags.find(({ id }) => id === tagId)
    if (!tag || this.known.get(tagId)?.version === versionOf(tag)) return Promise.resolve()
    const running = this.reading.get(tagId)
    if (running) return running
    const reading = this.read(tag).finally(() => this.reading.delete(tagId))
    this.reading.set(tagId, reading)
    return reading
  }

  /** After news: what was known before is read again where it changed, and forgotten where it is gone. */
  async refresh(): Promise<void> {
    const tags = new Set(this.mapOf().tags.map(({ id }) => id))
    for (const id of this.known.keys()) if (!tags.has(id)) this.known.delete(id)
    await Promise.all([...this.known.keys()].map((id) => this.request(id)))
  }

  private async read(tag: MapTag): Promise<void> {
    await this.turn()
    try {
      const refs = tag.memberships
        .filter(({ datapointCount }) => datapointCount > 0)
        .map(({ dataset, version }) => ({ dataset, name: `tag:${tag.id}`, version: String(version) }))
      const columns = await this.columns.readAll(refs)
      this.columns.forget(refs)
      const found: number[] = []
      if (refs.length > 0) eachValue(this.pointsOf(), columns, (point, value) => value && found.push(point))
      this.known.set(tag.id, { version: versionOf(tag), members: Uint32Array.from(found) })
      this.changed(tag.id)
    } finally {
      this.running--
      this.waiting.shift()?.()
    }
  }

  /** A long list of tags must not ask for hundreds of columns at the same time. */
  private async turn(): Promise<void> {
    if (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve))
    this.running++
  }
}

function versionOf({ memberships }: MapTag): string {
  return memberships.map(({ dataset, version }) => `${dataset}.${version}`).join(' ')
}
