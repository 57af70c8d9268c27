/** A small map for tests: four points of one dataset, two categories, one model, one tag, two metadata fields. */

import { float64, tableFromArrays, tableToIPC, uint8, utf8 } from '@uwdata/flechette'

import { catalogueOf } from '../data/catalogue'
import type { DatasetResult, ProjectResult } from '../data/describeMap'
import type { ExplorerMap } from '../data/explorerMap'
import { agreementOf, emptyPoints, type Points } from '../data/points'

const model = { id: 'm', name: 'cnn 1' }

const dataset = {
  id: 'd',
  name: 'train',
  labelVersion: 1,
  version: 1,
  metadataFields: [
    { id: '1', name: 'day', kind: 'NUMBER', version: 1 },
    { id: '2', name: 'site', kind: 'TEXT', version: 1 },
  ],
  inferenceSets: {
    edges: [
      {
        node: {
          id: 'i',
          version: 1,
          hasConfidence: true,
          createdAt: '2026-11-01',
          trainedModel: { id: 'm', version: '1', modelArchitecture: { id: 'a', name: 'cnn' } },
        },
      },
    ],
  },
} as unknown as DatasetResult

const project = {
  categories: { totalCount: 2 },
  analyses: {
    edges: [
      {
        node: {
          id: '9',
          name: 'match',
          finishedAt: '2026-11-02',
          scoreSets: [
            {
              id: 's',
              name: 'status',
              title: 'Status',
              direction: 'NEUTRAL',
              unit: '',
              values: ['matched', 'missed'],
              version: 1,
              dataset: { id: 'd' },
            },
          ],
        },
      },
    ],
  },
} as unknown as ProjectResult

export const testMap: ExplorerMap = {
  id: 'map',
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
  tags: [{ id: 't', name: 'check', memberships: [{ dataset: 1, version: 1, datapointCount: 2 }] }],
  datasets: [
    {
      id: 'd',
      name: 'train',
      inferenceSet: {
        id: 'i',
        modelId: 'm',
        modelName: 'cnn 1',
        hasConfidence: true,
        version: 1,
        createdAt: '2026-11-01',
      },
    },
  ],
  sourceDatasets: [0],
  embeddingSetIds: ['e'],
  existence: [],
  models: [model],
  model,
  catalogue: catalogueOf([dataset], [model], model, project, []),
}

/** Points with these labels, all inferred to be the first category. */
export function testPoints(labels: number[]): Points {
  const points = emptyPoints(labels.length)
  points.dataset.fill(1)
  points.row = Uint32Array.from(labels.keys())
  points.label = Uint16Array.from(labels)
  points.inference = Uint16Array.from(labels, () => 1)
  points.confidence = Float32Array.from(labels, (_, k) => k / 10)
  points.agreement = agreementOf(points.label, points.inference)
  return points
}

const columns: Record<string, () => object> = {
  'tag:t': () => ({ value: [1, 0, 1, 0], present: [1, 1, 1, 1] }),
  'metadata:1': () => ({ value: [5, 7, 0, 9.5], present: [1, 1, 0, 1] }),
  'metadata:2': () => ({ value: ['north', 'south', 'south', ''], present: [1, 1, 1, 0] }),
}
const types: Record<string, object> = {
  'tag:t': { value: uint8(), present: uint8() },
  'metadata:1': { value: float64(), present: uint8() },
  'metadata:2': { value: utf8(), present: uint8() },
}

/** Answers for the columns of the map; `asked` notes their names. */
export function answerColumns(asked: string[] = []) {
  return (url: string) => {
    const name = url.split('/columns/')[1]
    asked.push(name)
    const table = tableFromArrays(columns[name]() as never, { types: types[name] as never })
    return Promise.resolve(new Response(tableToIPC(table, {}) as Uint8Array<ArrayBuffer>))
  }
}
