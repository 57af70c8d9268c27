/** One open explorer: the map, its points, which of them are shown and selected, and the store that tells React. */

import type { Client } from 'urql'

import type { LassoMode, ScatterEngine } from '@/scatter'

import { Briefs } from '../data/briefs'
import type { ExplorerMap } from '../data/explorerMap'
import type { LoadedPoints } from '../data/loadPoints'
import type { Points } from '../data/points'
import { applyConfidenceFilter, applyTagFilter, applyValueFilter, BIT, countShown } from './failing'
import { fieldsOf, type Field } from './fields'
import { valueDimensions, type Dimension, type Filters } from './filters'
import { createViewStore, type SharedView, type ViewStore } from './viewState'

export class Session {
  readonly view: ViewStore
  readonly briefs: Briefs
  fields: Field[]
  /** Dimensions whose filter each point fails, one bit each. */
  readonly failing: Uint8Array
  readonly selected: Uint8Array
  /** The selected points, ascending. */
  selection = new Uint32Array(0)

  constructor(
    client: Client,
    public map: ExplorerMap,
    public loaded: LoadedPoints,
    shared: SharedView,
  ) {
    this.view = createViewStore(shared)
    this.failing = new Uint8Array(this.points.count)
    this.selected = new Uint8Array(this.points.count)
    this.fields = fieldsOf(map, this.points)
    this.briefs = new Briefs(client, map, this.points)
    this.applyAllFilters()
  }

  get points(): Points {
    return this.loaded.points
  }

  /** The engine while the map is on the screen. */
  get engine(): ScatterEngine | null {
    return this.view.getState().engine
  }

  field(dimension: Dimension): Field | undefined {
    return this.fields.find((field) => field.dimension === dimension)
  }

  /** Takes over columns that changed on the server; selection and view stay as they are. */
  update(map: ExplorerMap, loaded: LoadedPoints): void {
    this.map = map
    this.loaded = loaded
    this.fields = fieldsOf(map, this.points)
    this.applyAllFilters()
    this.view.setState(({ pointsVersion }) => ({ pointsVersion: pointsVersion + 1 }))
  }

  setFilter<D extends Dimension>(dimension: D, filter: Filters[D]): void {
    this.view.setState(({ filters }) => ({ filters: { ...filters, [dimension]: filter } }))
    this.applyFilter(dimension)
    this.countShown()
    this.listAnew()
  }

  clearFilters(): void {
    this.view.setState({ filters: {} })
    this.applyAllFilters()
    this.listAnew()
  }

  select(points: Uint32Array, mode: LassoMode): void {
    if (mode === 'replace') this.selected.fill(0)
    const value = mode === 'subtract' ? 0 : 1
    for (const point of points) this.selected[point] = value
    this.selection = Uint32Array.from(flagged(this.selected))
    this.view.setState(({ selectionVersion, listVersion }) => ({
      selectionVersion: selectionVersion + 1,
      listVersion: listVersion + 1,
      selectedCount: this.selection.length,
      ...(mode !== 'subtract' && this.selection.length > 0
        ? { tab: 'selection', isInspectorOpen: true }
        : {}),
    }))
  }

  clearSelection(): void {
    if (this.selection.length > 0) this.select(new Uint32Array(0), 'replace')
  }

  /** What a list shows: the selection, or all that is shown when nothing is selected. */
  listed(): Uint32Array {
    if (this.selection.length > 0) return this.selection
    const shown = new Uint32Array(this.view.getState().shownCount)
    for (let i = 0, k = 0; i < this.failing.length; i++) if (this.failing[i] === 0) shown[k++] = i
    return shown
  }

  open(point: number | null): void {
    this.view.setState(
      point === null
        ? { opened: null, tab: 'selection' }
        : { opened: point, tab: 'datapoint', isInspectorOpen: true },
    )
  }

  private listAnew(): void {
    this.view.setState(({ listVersion }) => ({ listVersion: listVersion + 1 }))
  }

  private applyAllFilters(): void {
    for (const dimension of [...valueDimensions, 'confidence'] as const) this.applyFilter(dimension)
    this.countShown()
  }

  private applyFilter(dimension: Dimension): void {
    const { filters } = this.view.getState()
    if (dimension === 'tag') return applyTagFilter(this.failing, this.points, this.map, filters.tag)
    if (dimension === 'confidence') {
      return applyConfidenceFilter(this.failing, this.points.confidence, filters.confidence)
    }
    const field = this.field(dimension)
    if (field) applyValueFilter(this.failing, BIT[dimension], field.codes, field.values, filters[dimension])
  }

  private countShown(): void {
    const shownCount = countShown(this.failing)
    this.view.setState(({ shownVersion }) => ({ shownVersion: shownVersion + 1, shownCount }))
  }
}

function flagged(flags: Uint8Array): Uint32Array {
  const found = new Uint32Array(flags.length)
  let size = 0
  for (let i = 0; i < flags.length; i++) if (flags[i]) found[size++] = i
  return found.subarray(0, size)
}
