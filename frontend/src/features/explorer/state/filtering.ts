/** Keeps the mask of what every point fails equal to the filters in force. */

import type { FieldStore } from '../data/fieldStore'
import type { TagStore } from '../data/tagStore'
import { applyRangeFilter, applyTagFilter, applyValueFilter, removeBit } from './failing'
import { type Field, NONE } from './fields'
import { type Filter, type Filters, MOST_FILTERS, type ValueFilter } from './filters'

/** The bit that no filter takes. */
const GONE = 1 << MOST_FILTERS

export class Filtering {
  /** Filters that each point fails, one bit each. */
  readonly failing: Uint32Array
  /** Flags of points whose datapoint was deleted after the map was made; never shown. */
  gone: Uint8Array | null = null
  private readonly bits = new Map<string, number>()

  constructor(
    count: number,
    private readonly fields: FieldStore,
    private readonly tags: TagStore,
    private readonly filtersNow: () => Filters,
    /** Called when a filter took effect later, once its column was there. */
    private readonly applied: () => void,
  ) {
    this.failing = new Uint32Array(count)
  }

  /** The bit of a field's filter; 0 while it has none. */
  bitOf(id: string): number {
    return this.bits.get(this.fields.fullId(id)) ?? 0
  }

  applyAll(filters: Filters): void {
    const { gone } = this
    for (let i = 0; i < this.failing.length; i++) this.failing[i] = gone?.[i] ? GONE : 0
    this.bits.clear()
    for (const [id, filter] of Object.entries(filters)) this.apply(id, filter)
  }

  apply(id: string, filter: Filter | undefined): void {
    if (!filter) return this.remove(id)
    if (id === 'tag') return filter.kind === 'range' ? undefined : void this.applyTags(filter)
    const field = this.fields.get(id)
    if (field) return this.applyField(field, filter)
    this.fields
      .want(id)
      .then((read) => read && this.applyLater(id, filter, () => this.applyField(read, filter)))
      .catch(() => undefined)
  }

  private remove(id: string): void {
    const bit = this.bits.get(id)
    if (!bit) return
    removeBit(this.failing, bit)
    this.bits.delete(id)
  }

  private applyField(field: Field, filter: Filter): void {
    const bit = this.take(field.id)
    if (field.kind === 'numbers' && filter.kind === 'range')
      applyRangeFilter(this.failing, bit, field.numbers, filter)
    else if (field.kind === 'values' && filter.kind !== 'range')
      applyValueFilter(this.failing, bit, field.codes, field.values, filter)
  }

  private async applyTags(filter: ValueFilter): Promise<void> {
    const wanted = filter.values.filter((id) => id !== NONE)
    if (filter.values.includes(NONE)) {
      const flags = await this.tags.tagged()
      const untagged = flags.map((flag) => 1 - flag)
      return this.applyLater('tag', filter, () => this.applyMembers(filter, wanted, untagged))
    }
    if (wanted.every((id) => this.tags.members(id))) return this.applyMembers(filter, wanted, null)
    await Promise.all(wanted.map((id) => this.tags.request(id)))
    this.applyLater('tag', filter, () => this.applyMembers(filter, wanted, null))
  }

  private applyMembers(filter: ValueFilter, ids: readonly string[], untagged: Uint8Array | null): void {
    const members = ids.flatMap((id) => this.tags.members(id) ?? [])
    applyTagFilter(this.failing, this.take('tag'), members, untagged, filter.kind)
  }

  private applyLater(id: string, filter: Filter, apply: () => void): void {
    if (this.filtersNow()[id] !== filter) return
    apply()
    this.applied()
  }

  /** The bit that a filter has, or the lowest that is free. */
  private take(id: string): number {
    const own = this.bits.get(id)
    if (own) return own
    const taken = new Set(this.bits.values())
    for (let k = 0; k < MOST_FILTERS; k++) {
      if (taken.has(1 << k)) continue
      this.bits.set(id, 1 << k)
      return 1 << k
    }
    throw new RangeError(`At most ${MOST_FILTERS} filters can be in force at once.`)
  }
}
