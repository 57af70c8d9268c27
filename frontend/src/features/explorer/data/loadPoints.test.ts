import { float32, int32, tableFromArrays, tableToIPC, uint16, uint32, uint8 } from '@uwdata/flechette'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { MapDescription } from './describeMap'
import { loadPoints, refreshPoints } from './loadPoints'
import { AGREEMENT } from './points'

type Values = Record<string, number[]>
const types = {
  x: float32(),
  y: float32(),
  source: uint16(),
  row: uint32(),
  value: int32(),
  present: uint8(),
}

let columns: Record<string, Values>
let asked: string[]

beforeEach(() => {
  asked = []
  columns = {
    '/bulk/v1/projection-sets/m/positions': { x: [0, 1, 2], y: [5, 6, 7] },
    '/bulk/v1/projection-sets/m/members': { source: [1, 0, 0], row: [0, 1, 0] },
    '/bulk/v1/datasets/a/columns/label': { value: [10, 20], present: [1, 1] },
    '/bulk/v1/datasets/b/columns/label': { value: [10], present: [0] },
    '/bulk/v1/datasets/a/columns/inference:i': { value: [10, 10], present: [1, 1] },
  }
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url)
    return Promise.resolve(new Response(arrow(columns[url])))
  })
})
afterEach(() => vi.unstubAllGlobals())

function arrow(values: Values): Uint8Array<ArrayBuffer> {
  const used = Object.fromEntries(Object.entries(types).filter(([name]) => name in values))
  return tableToIPC(tableFromArrays(values, { types: used }), {}) as Uint8Array<ArrayBuffer>
}

function description(labelVersion = 1, categoryIds = [10, 20]): MapDescription {
  const dataset = (id: string) => ({ id, name: id, inferenceSet: null })
  return {
    map: {
      id: 'm',
      name: 'Map',
      method: 'pca',
      projectId: 'p',
      namespace: 'alice',
      projectName: 'Digits',
      canEdit: true,
      lastSeq: 0,
      newDatapointCount: 0,
      isStale: false,
      categories: categoryIds.map((id) => ({ id, name: String(id), colour: 0 })),
      tags: [],
      datasets: [dataset('a'), dataset('b')],
      sourceDatasets: [0, 1],
      embeddingSetIds: [],
      existence: [],
      models: [],
      model: null,
      catalogue: [],
    },
    columns: [
      { kind: 'label', datasetId: 'a', name: 'label', version: labelVersion },
      { kind: 'label', datasetId: 'b', name: 'label', version: 1 },
      { kind: 'inference', datasetId: 'a', name: 'inference:i', version: 1 },
    ],
  }
}

const options = { signal: new AbortController().signal, onProgress: () => undefined }

it('brings every column into the order of the members', async () => {
  const { points } = await loadPoints(description(), options)
  expect([...points.dataset]).toEqual([2, 1, 1])
  expect([...points.label]).toEqual([0, 2, 1])
  expect([...points.inference]).toEqual([0, 1, 1])
  expect([...points.agreement]).toEqual([AGREEMENT.noLabel, AGREEMENT.disagree, AGREEMENT.agree])
})

it('adds up the bytes while they arrive', async () => {
  const onProgress = vi.fn()
  await loadPoints(description(), { ...options, onProgress })
  const { received } = onProgress.mock.lastCall![0]
  const sizes = Object.values(columns).map((values) => arrow(values).length)
  expect(received).toBe(sizes.reduce((a, b) => a + b))
})

it('reads again only what changed, and nothing when nothing did', async () => {
  const loaded = await loadPoints(description(), options)
  asked = []
  expect(await refreshPoints(loaded, description(), options.signal)).toBe(loaded)
  columns['/bulk/v1/datasets/a/columns/label'] = { value: [10, 10], present: [1, 1] }
  const { points } = await refreshPoints(loaded, description(2), options.signal)
  expect(asked).toEqual(['/bulk/v1/datasets/a/columns/label'])
  expect([...points.label]).toEqual([0, 1, 1])
  expect(points.x).toBe(loaded.points.x)
})

it('numbers all codes anew when a category before others was deleted', async () => {
  const loaded = await loadPoints(description(), options)
  const { points } = await refreshPoints(loaded, description(1, [20]), options.signal)
  expect([...points.label]).toEqual([0, 1, 0])
})

it('keeps nothing of a model that is no longer shown', async () => {
  const loaded = await loadPoints(description(), options)
  const other = description()
  other.columns = other.columns.filter(({ kind }) => kind !== 'inference')
  const { points } = await refreshPoints(loaded, other, options.signal)
  expect([...points.inference]).toEqual([0, 0, 0])
})
