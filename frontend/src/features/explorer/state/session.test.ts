import type { Client } from 'urql'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { Session } from './session'
import { answerColumns, testMap, testPoints } from './testMap'

let session: Session
let asked: string[]

const square = [
  [0, 0],
  [1, 0],
  [1, 1],
] as const

beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', answerColumns(asked))
  const loaded = { points: testPoints([1, 1, 2, 0]), versions: new Map(), categoryIds: [1, 2] }
  session = new Session({} as Client, testMap, loaded, {})
})
afterEach(() => vi.unstubAllGlobals())

const shown = () => session.view.getState().shownCount
const untilShown = (count: number) => vi.waitFor(() => expect(shown()).toBe(count))

describe('selecting', () => {
  it('replaces, adds to, intersects with and takes from the selection', () => {
    session.select(Uint32Array.of(2, 0), 'replace')
    expect([...session.selection]).toEqual([0, 2])
    session.select(Uint32Array.of(3, 2), 'add')
    expect([...session.selection]).toEqual([0, 2, 3])
    session.select(Uint32Array.of(2, 1, 3), 'intersect')
    expect([...session.selection]).toEqual([2, 3])
    session.select(Uint32Array.of(2, 1), 'subtract')
    expect([...session.selection]).toEqual([3])
    expect(session.view.getState().selectedCount).toBe(1)
  })

  it('is undone and done again step by step', async () => {
    session.select(Uint32Array.of(1), 'replace')
    session.select(Uint32Array.of(2), 'add')
    await session.history.undo()
    expect([...session.selection]).toEqual([1])
    await session.history.undo()
    expect(session.selection).toHaveLength(0)
    expect(await session.history.undo()).toBeNull()
    await session.history.redo()
    await session.history.redo()
    expect([...session.selection]).toEqual([1, 2])
  })

  it('by a value takes the shown ones that count beside it, even those its own filter hides', () => {
    session.setFilter('label', { kind: 'only', values: ['2'] })
    session.setFilter('confidence', { kind: 'range', low: 0.05, high: null, missing: false })
    session.selectByField('label', '1', 'replace')
    expect([...session.selection]).toEqual([1])
  })

  it('survives news: what others change does not deselect', async () => {
    session.select(Uint32Array.of(1), 'replace')
    const { listVersion } = session.view.getState()
    await session.update(testMap, { ...session.loaded, points: testPoints([2, 2, 2, 2]) })
    expect([...session.selection]).toEqual([1])
    expect(session.view.getState().listVersion).toBe(listVersion)
  })
})

describe('where a selection came from', () => {
  const lasso = (mode: 'replace' | 'add' | 'remove') => ({ map: 'map', mode, polygon: square })

  it('is a rule while lassos were drawn under the same filters', () => {
    session.setFilter('label', { kind: 'without', values: ['2'] })
    session.selectByLasso(Uint32Array.of(0, 1), lasso('add'))
    session.selectByLasso(Uint32Array.of(1), lasso('remove'))
    expect(session.provenance).toEqual({
      filters: [{ field: 'label', without: ['2'] }],
      lassos: [lasso('replace'), lasso('remove')],
    })
    session.setFilter('label', undefined)
    session.selectByLasso(Uint32Array.of(3), lasso('add'))
    expect(session.provenance).toBeNull()
  })

  it('is a rule for all that is shown and for one value, and nobody knows for picked points', () => {
    session.setFilter('agreement', { kind: 'only', values: ['disagree'] })
    session.selectShown()
    expect([...session.selection]).toEqual([2])
    expect(session.provenance?.filters).toEqual([{ field: 'agreement:m', only: ['disagree'] }])
    session.clearFilters()
    session.selectByField('label', 'none', 'replace')
    expect(session.provenance).toEqual({ filters: [{ field: 'label', only: ['none'] }], lassos: [] })
    session.select(Uint32Array.of(0), 'add')
    expect(session.provenance).toBeNull()
  })
})

describe('filtering', () => {
  it('lists the selection, and without one all that the filters show', () => {
    session.setFilter('label', { kind: 'without', values: ['1'] })
    expect([...session.listed()]).toEqual([2, 3])
    session.select(Uint32Array.of(0), 'replace')
    expect([...session.listed()]).toEqual([0])
  })

  it('by a tag reads its members when first wanted', async () => {
    session.setFilter('tag', { kind: 'only', values: ['t'] })
    await untilShown(2)
    expect([...session.listed()]).toEqual([0, 2])
    session.setFilter('tag', { kind: 'without', values: ['t'] })
    expect([...session.listed()]).toEqual([1, 3])
    session.setFilter('tag', { kind: 'only', values: ['none'] })
    await vi.waitFor(() => expect([...session.listed()]).toEqual([1, 3]))
    expect(asked).toEqual(['tag:t'])
  })

  it('by metadata reads the column when first wanted, texts by their values', async () => {
    session.setFilter('metadata:site', { kind: 'only', values: ['south'] })
    await untilShown(2)
    session.setFilter('metadata:day', { kind: 'range', low: 8, high: null, missing: true })
    await vi.waitFor(() => expect([...session.listed()]).toEqual([2]))
    session.setFilter('metadata:day', { kind: 'range', low: 6, high: null, missing: false })
    expect([...session.listed()]).toEqual([1])
  })

  it('applies to what news bring', async () => {
    session.setFilter('label', { kind: 'only', values: ['2'] })
    expect(shown()).toBe(1)
    await session.update(testMap, { ...session.loaded, points: testPoints([2, 2, 1, 0]) })
    expect(shown()).toBe(2)
  })

  it('ends when all filters are cleared', () => {
    session.setFilter('agreement', { kind: 'only', values: ['disagree'] })
    expect([...session.listed()]).toEqual([2])
    session.clearFilters()
    expect(shown()).toBe(4)
  })

  it('starts as the address says, where the model may go without saying', () => {
    const shared = { filters: { inference: { kind: 'only', values: ['none'] } } } as const
    const other = new Session({} as Client, testMap, session.loaded, shared)
    expect(other.listed()).toHaveLength(0)
    expect(Object.keys(other.view.getState().filters)).toEqual(['inference:m'])
  })

  it('holds as many filters as the mask has bits, and says when there are more', () => {
    const fields = Array.from({ length: 40 }, (_, k) => ({ ...testMap.catalogue[0], id: `copy ${k}` }))
    session.map = { ...testMap, catalogue: fields }
    for (const { id } of fields) session.setFilter(id, { kind: 'without', values: ['1'] })
    expect(Object.keys(session.view.getState().filters)).toHaveLength(31)
    expect([...session.listed()]).toEqual([2, 3])
  })

  it('never shows datapoints that were deleted after the map was made', async () => {
    const existence = [{ dataset: 1, name: 'metadata:1', version: '1' }]
    await session.update({ ...testMap, existence }, session.loaded)
    expect([...session.listed()]).toEqual([0, 1, 3])
    session.setFilter('label', { kind: 'only', values: ['2', 'none'] })
    expect([...session.listed()]).toEqual([3])
    session.selectByField('label', '2', 'replace')
    expect(session.selection).toHaveLength(0)
  })
})
