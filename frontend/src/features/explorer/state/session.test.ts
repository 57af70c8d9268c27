import type { Client } from 'urql'
import { beforeEach, describe, expect, it } from 'vitest'

import type { ExplorerMap } from '../data/explorerMap'
import { agreementOf, emptyPoints } from '../data/points'
import { Session } from './session'

const map: ExplorerMap = {
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
  categories: [
    { id: 1, name: 'cat', colour: 0 },
    { id: 2, name: 'dog', colour: 1 },
  ],
  tags: [{ id: 't', name: 'check', datasetIds: ['d'] }],
  datasets: [{ id: 'd', name: 'train', inferenceSet: { id: 'i', modelName: 'cnn 1', hasConfidence: true } }],
  sourceDatasets: [0],
}

function pointsOf(labels: number[]) {
  const points = emptyPoints(labels.length)
  points.dataset.fill(1)
  points.label = Uint16Array.from(labels)
  points.inference = Uint16Array.from(labels, () => 1)
  points.agreement = agreementOf(points.label, points.inference)
  points.tags.set('t', Uint8Array.of(1, 0, 1, 0))
  return points
}

let session: Session

beforeEach(() => {
  const loaded = { points: pointsOf([1, 1, 2, 0]), versions: new Map(), categoryIds: [1, 2] }
  session = new Session({} as Client, map, loaded, {})
})

describe('selecting', () => {
  it('replaces, adds to and takes from the selection', () => {
    session.select(Uint32Array.of(2, 0), 'replace')
    expect([...session.selection]).toEqual([0, 2])
    session.select(Uint32Array.of(3, 2), 'add')
    expect([...session.selection]).toEqual([0, 2, 3])
    session.select(Uint32Array.of(2, 1), 'subtract')
    expect([...session.selection]).toEqual([0, 3])
    expect(session.view.getState().selectedCount).toBe(2)
  })

  it('survives news: what others change does not deselect', () => {
    session.select(Uint32Array.of(1), 'replace')
    const { listVersion } = session.view.getState()
    session.update(map, { ...session.loaded, points: pointsOf([2, 2, 2, 2]) })
    expect([...session.selection]).toEqual([1])
    expect(session.view.getState().listVersion).toBe(listVersion)
  })
})

describe('listing', () => {
  it('lists the selection, and without one all that the filters show', () => {
    session.setFilter('label', { kind: 'without', values: ['1'] })
    expect([...session.listed()]).toEqual([2, 3])
    session.select(Uint32Array.of(0), 'replace')
    expect([...session.listed()]).toEqual([0])
  })
})

describe('filtering', () => {
  it('by a tag: those that have it, or those that do not', () => {
    session.setFilter('tag', { kind: 'only', values: ['t'] })
    expect([...session.listed()]).toEqual([0, 2])
    session.setFilter('tag', { kind: 'without', values: ['t'] })
    expect([...session.listed()]).toEqual([1, 3])
  })

  it('applies to what news bring', () => {
    session.setFilter('label', { kind: 'only', values: ['2'] })
    expect(session.view.getState().shownCount).toBe(1)
    session.update(map, { ...session.loaded, points: pointsOf([2, 2, 1, 0]) })
    expect(session.view.getState().shownCount).toBe(2)
  })

  it('ends when all filters are cleared', () => {
    session.setFilter('agreement', { kind: 'only', values: ['disagree'] })
    expect([...session.listed()]).toEqual([2])
    session.clearFilters()
    expect(session.view.getState().shownCount).toBe(4)
  })

  it('starts as the address says', () => {
    const shared = { filters: { label: { kind: 'only', values: ['none'] } } } as const
    expect([...new Session({} as Client, map, session.loaded, shared).listed()]).toEqual([3])
  })
})
