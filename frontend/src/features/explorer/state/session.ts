/** One open explorer: the map, its points, which of them are shown and selected, and the store that tells React. */

import type { Client } from 'urql'

import { toast } from '@/components/toastStore'
import type { ScatterEngine } from '@/scatter'

import { Briefs } from '../data/briefs'
import { ColumnStore } from '../data/columnStore'
import type { ExplorerMap } from '../data/explorerMap'
import { FieldStore } from '../data/fieldStore'
import type { LoadedPoints } from '../data/loadPoints'
import type { Points } from '../data/points'
import { TagStore } from '../data/tagStore'
import { countShown } from './failing'
import type { Field, FieldInfo, ValueField } from './fields'
import { Filtering } from './filtering'
import { type Filter, type Filters, MOST_FILTERS, withFilter } from './filters'
import { History } from './history'
import { pointsOfValue, pointsShown } from './membership'
import { type LassoStep, type Provenance, ruleOf, rulesOf, withLasso } from './rule'
import { rememberCamera } from './rememberedCameras'
import type { SimilarAnswer } from '../similar/similar'
import { Selection } from './selection'
import type { SelectMode } from './selectMode'
import { disagreeFirst } from './listOrder'
import { createViewStore, type SharedView, type ViewStore } from './viewState'

export class Session {
  readonly view: ViewStore
  readonly briefs: Briefs
  readonly columns: ColumnStore
  readonly fields: FieldStore
  readonly tags: TagStore
  readonly filtering: Filtering
  readonly history = new History()
  private readonly chosen: Selection

  constructor(
    readonly client: Client,
    public map: ExplorerMap,
    public loaded: LoadedPoints,
    shared: SharedView,
  ) {
    this.view = createViewStore(shared)
    rememberCamera(map.id, this.view)
    this.chosen = new Selection(this.points.count)
    this.columns = new ColumnStore(() => this.map)
    this.fields = new FieldStore(
      () => this.map,
      () => this.points,
      this.columns,
    )
    this.tags = new TagStore(
      () => this.map,
      () => this.points,
      this.columns,
      () => this.fieldsChanged(),
    )
    this.filtering = new Filtering(
      this.points.count,
      this.fields,
      this.tags,
      () => this.view.getState().filters,
      () => this.shownChanged(),
    )
    this.briefs = new Briefs(client, map, this.points)
    this.view.setState(({ filters }) => ({ filters: this.withFullIds(filters) }))
    this.applyAllFilters()
    this.hideGone().catch(() => undefined)
  }

  get points(): Points {
    return this.loaded.points
  }

  get failing(): Uint32Array {
    return this.filtering.failing
  }

  get selection(): Uint32Array {
    return this.chosen.points
  }

  get selected(): Uint8Array {
    return this.chosen.flags
  }

  /** How the selection came about, where a rule can say so. */
  get provenance(): Provenance | null {
    return this.chosen.provenance
  }

  /** The engine while the map is on the screen. */
  get engine(): ScatterEngine | null {
    return this.view.getState().engine
  }

  get catalogue(): readonly FieldInfo[] {
    return this.map.catalogue
  }

  /** The field if it is there: label, dataset and what the shown model says always are. */
  field(id: string): Field | undefined {
    return this.fields.get(id)
  }

  valueField(id: string): ValueField | undefined {
    const field = this.fields.get(id)
    return field?.kind === 'values' ? field : undefined
  }

  /** Reads the field if need be; components learn of it by `pointsVersion`. */
  async want(id: string): Promise<Field | undefined> {
    const isThere = this.field(id) !== undefined
    const field = await this.fields.want(id)
    if (field && !isThere) this.fieldsChanged()
    return field
  }

  /** Takes over columns that changed on the server; selection and view stay as they are. */
  async update(map: ExplorerMap, loaded: LoadedPoints): Promise<void> {
    this.map = map
    this.loaded = loaded
    await Promise.all([this.fields.refresh(), this.tags.refresh(), this.hideGone()])
    this.applyAllFilters()
    this.fieldsChanged()
  }

  setFilter(id: string, filter: Filter | undefined): void {
    const wanted = this.fields.fullId(id)
    const { filters: before } = this.view.getState()
    if (filter && !(wanted in before) && Object.keys(before).length >= MOST_FILTERS) {
      return toast({ text: `At most ${MOST_FILTERS} filters at once. Remove one first.`, tone: 'failed' })
    }
    this.view.setState(({ filters }) => ({ filters: withFilter(filters, wanted, filter) }))
    this.filtering.apply(wanted, filter)
    this.shownChanged()
  }

  filterOf(id: string): Filter | undefined {
    return this.view.getState().filters[this.fields.fullId(id)]
  }

  setFilters(filters: Filters): void {
    this.view.setState({ filters: this.withFullIds(filters) })
    this.applyAllFilters()
    this.listAnew()
  }

  clearFilters(): void {
    this.setFilters({})
  }

  /** `provenance` says how the points were chosen, where a rule can. */
  select(points: Uint32Array, mode: SelectMode, provenance: Provenance | null = null): void {
    if (points.length === 0 && this.selection.length === 0) return
    const before = this.chosen.state
    this.chosen.change(points, mode, provenance)
    const after = this.chosen.state
    this.history.push({
      name: 'the selection',
      size: before.points.length + after.points.length,
      undo: () => this.restore(before),
      redo: () => this.restore(after),
    })
    if (mode !== 'subtract') this.forgetSimilar()
    this.selectionChanged(mode === 'add' || mode === 'replace')
  }

  /** What was found becomes the selection, the nearest first. */
  showSimilar(points: Uint32Array, similar: SimilarAnswer): void {
    this.select(points, 'replace')
    this.view.setState({ similar, order: { by: 'similar', descending: false }, isLarge: false })
    this.listAnew()
  }

  selectByLasso(points: Uint32Array, step: LassoStep): void {
    const filters = rulesOf(this.view.getState().filters)
    const isEmptyBefore = this.selection.length === 0
    const provenance = withLasso(this.provenance, isEmptyBefore, filters, step)
    this.select(points, step.mode === 'remove' ? 'subtract' : step.mode, provenance)
  }

  /** The shown points with a value, those that its own field's filter hides included. */
  selectByField(id: string, value: string, mode: SelectMode): void {
    const full = this.fields.fullId(id)
    const others = withFilter(this.view.getState().filters, full, undefined)
    const only = ruleOf(full, { kind: 'only', values: [value] })
    const filters = only && rulesOf(others)
    const provenance =
      mode === 'replace' && only && filters ? { filters: [...filters, only], lassos: [] } : null
    this.select(pointsOfValue(this, id, value), mode, provenance)
  }

  selectShown(): void {
    const filters = rulesOf(this.view.getState().filters)
    this.select(pointsShown(this.failing), 'replace', filters && { filters, lassos: [] })
  }

  invertSelection(): void {
    this.select(
      pointsShown(this.failing).filter((point) => !this.selected[point]),
      'replace',
    )
  }

  clearSelection(): void {
    if (this.selection.length > 0) this.select(new Uint32Array(0), 'replace')
  }

  /** What a list shows: the selection, or all that is shown when nothing is selected. */
  listed(): Uint32Array {
    return this.selection.length > 0 ? this.selection : pointsShown(this.failing)
  }

  open(point: number | null): void {
    this.view.setState(
      point === null
        ? { opened: null, tab: 'selection' }
        : { opened: point, tab: 'datapoint', isInspectorOpen: true },
    )
  }

  private restore(state: { points: Uint32Array; provenance: Provenance | null }): void {
    this.chosen.restore(state)
    this.forgetSimilar()
    this.selectionChanged(false)
  }

  private selectionChanged(isNew: boolean): void {
    this.view.setState(({ selectionVersion, listVersion }) => ({
      selectionVersion: selectionVersion + 1,
      listVersion: listVersion + 1,
      selectedCount: this.selection.length,
      sliceId: null,
      selectionId: null,
      ...(isNew && this.selection.length > 0 ? { tab: 'selection', isInspectorOpen: true } : {}),
    }))
  }

  private forgetSimilar(): void {
    const { similar, order } = this.view.getState()
    if (similar) this.view.setState({ similar: null, order: order.by === 'similar' ? disagreeFirst : order })
  }

  private listAnew(): void {
    this.view.setState(({ listVersion }) => ({ listVersion: listVersion + 1 }))
  }

  private applyAllFilters(): void {
    this.filtering.applyAll(this.view.getState().filters)
    this.countShown()
  }

  /** Points whose datapoints were deleted after the map was made stay on it, but nobody sees them. */
  private async hideGone(): Promise<void> {
    const { existence } = this.map
    if (existence.length === 0) return
    const columns = await this.columns.readAll(existence)
    const { dataset, row } = this.points
    this.filtering.gone = Uint8Array.from(dataset, (code, point) => {
      const present = columns.get(code)?.present
      return present && !present[row[point]] ? 1 : 0
    })
    this.applyAllFilters()
    this.listAnew()
  }

  private shownChanged(): void {
    this.countShown()
    this.listAnew()
  }

  private countShown(): void {
    const shownCount = countShown(this.failing)
    this.view.setState(({ shownVersion }) => ({ shownVersion: shownVersion + 1, shownCount }))
  }

  private fieldsChanged(): void {
    this.view.setState(({ pointsVersion }) => ({ pointsVersion: pointsVersion + 1 }))
  }

  private withFullIds(filters: Filters): Filters {
    return Object.fromEntries(Object.entries(filters).map(([id, filter]) => [this.fields.fullId(id), filter]))
  }
}
