/** Fetches the arrays of a map: geometry and members once, and each column again only when its version changed. */

import { column, fetchTable } from '@/api/arrow'

import type { MapDescription, WantedColumn } from './describeMap'
import type { ExplorerMap } from './explorerMap'
import { type Column, gatherCategories, gatherNumbers } from './gather'
import { agreementOf, emptyPoints, type Points } from './points'

export interface Progress {
  received: number
  /** Unknown until every answer has begun. */
  total: number | null
}

export interface LoadOptions {
  signal: AbortSignal
  onProgress: (progress: Progress) => void
}

/** Points together with the versions of the columns they were gathered from. */
export interface LoadedPoints {
  points: Points
  versions: ReadonlyMap<string, number>
  categoryIds: readonly number[]
}

export async function loadPoints(description: MapDescription, options: LoadOptions): Promise<LoadedPoints> {
  const meter = new ProgressMeter(options.onProgress)
  const { map } = description
  const [points, columns] = await Promise.all([
    loadGeometry(map, options.signal, meter),
    loadColumns(description.columns, options.signal, meter),
  ])
  return gatherAll(points, map, columns, new Map())
}

/** The same points with the columns that changed since; the same object when none did. */
export async function refreshPoints(
  loaded: LoadedPoints,
  description: MapDescription,
  signal: AbortSignal,
): Promise<LoadedPoints> {
  const { map } = description
  // A deleted category renumbers those after it, so every column that holds codes is gathered anew.
  const isRenumbered = loaded.categoryIds.some((id, k) => map.categories[k]?.id !== id)
  const changed = description.columns.filter(
    (each) => isRenumbered || loaded.versions.get(keyOf(each)) !== each.version,
  )
  const wanted = new Set(description.columns.map(keyOf))
  const isSomethingGone = [...loaded.versions.keys()].some((key) => !wanted.has(key))
  const isSameNumbering = !isRenumbered && loaded.categoryIds.length === map.categories.length
  if (changed.length === 0 && !isSomethingGone && isSameNumbering) return loaded

  const columns = await loadColumns(changed, signal, new ProgressMeter(() => undefined))
  const kept = new Map([...loaded.versions].filter(([key]) => wanted.has(key)))
  const before = isSomethingGone ? withoutGone(loaded.points, map) : loaded.points
  return gatherAll(before, map, columns, kept)
}

/** Datasets about which the shown model says nothing keep nothing of the model before. */
function withoutGone(points: Points, { datasets }: ExplorerMap): Points {
  const { dataset } = points
  const inference = points.inference.slice()
  const confidence = points.confidence.slice()
  for (let i = 0; i < dataset.length; i++) {
    const set = datasets[dataset[i] - 1].inferenceSet
    if (!set) inference[i] = 0
    if (!set?.hasConfidence) confidence[i] = NaN
  }
  return { ...points, inference, confidence }
}

interface Fetched {
  wanted: WantedColumn
  column: Column
}

async function loadGeometry(map: ExplorerMap, signal: AbortSignal, meter: ProgressMeter): Promise<Points> {
  const base = `/bulk/v1/projection-sets/${map.id}`
  const [positions, members] = await Promise.all([
    fetchTable(`${base}/positions`, { signal, onBytes: meter.begin() }),
    fetchTable(`${base}/members`, { signal, onBytes: meter.begin() }),
  ])
  const source = column<Uint16Array>(members, 'source')
  const points = emptyPoints(source.length)
  points.x = column(positions, 'x')
  points.y = column(positions, 'y')
  points.row = column<Uint32Array>(members, 'row')
  for (let i = 0; i < source.length; i++) points.dataset[i] = map.sourceDatasets[source[i]] + 1
  return points
}

function loadColumns(
  columns: readonly WantedColumn[],
  signal: AbortSignal,
  meter: ProgressMeter,
): Promise<Fetched[]> {
  return Promise.all(
    columns.map(async (wanted) => {
      const url = `/bulk/v1/datasets/${wanted.datasetId}/columns/${wanted.name}`
      const table = await fetchTable(url, { signal, onBytes: meter.begin() })
      const values = {
        value: column<ArrayLike<number>>(table, 'value'),
        present: column<Uint8Array>(table, 'present'),
      }
      return { wanted, column: values }
    }),
  )
}

function gatherAll(
  before: Points,
  map: ExplorerMap,
  fetched: readonly Fetched[],
  keptVersions: ReadonlyMap<string, number>,
): LoadedPoints {
  const codeOf = new Map(map.categories.map(({ id }, k) => [id, k + 1]))
  const points = { ...before }
  const versions = new Map(keptVersions)
  for (const { wanted, column: values } of fetched) {
    const dataset = map.datasets.findIndex((each) => each.id === wanted.datasetId) + 1
    if (wanted.kind === 'label' || wanted.kind === 'inference') {
      points[wanted.kind] = gatherCategories(points[wanted.kind], points, dataset, values, codeOf)
    } else {
      points.confidence = gatherNumbers(points.confidence, points, dataset, values)
    }
    versions.set(keyOf(wanted), wanted.version)
  }
  points.agreement = agreementOf(points.label, points.inference)
  return { points, versions, categoryIds: map.categories.map(({ id }) => id) }
}

function keyOf({ datasetId, name }: WantedColumn): string {
  return `${datasetId}/${name}`
}

/** Adds up the bytes of many downloads. */
class ProgressMeter {
  private readonly parts: { received: number; total: number | null }[] = []

  constructor(private readonly report: (progress: Progress) => void) {}

  begin(): (received: number, total: number | null) => void {
    const part = { received: 0, total: null as number | null }
    this.parts.push(part)
    return (received, total) => {
      part.received = received
      part.total = total
      this.report(this.sum())
    }
  }

  private sum(): Progress {
    const received = this.parts.reduce((sum, part) => sum + part.received, 0)
    const isKnown = this.parts.every((part) => part.total !== null)
    return { received, total: isKnown ? this.parts.reduce((sum, part) => sum + part.total!, 0) : null }
  }
}
