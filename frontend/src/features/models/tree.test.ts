import { expect, test } from 'vitest'

import { connection } from '@/testing/fakeServer'

import { modelTree } from './tree'

const logged = {
  modelArchitectures: connection([{ id: 'a', editVersion: 1, name: 'cnn' }]),
  trainedModels: connection([
    {
      id: 't1',
      editVersion: 1,
      version: '1',
      modelArchitecture: { id: 'a' },
      trainedOnDataset: { id: 'd', name: 'train' },
      trainedOnSlice: null,
    },
    {
      id: 't2',
      editVersion: 1,
      version: '2',
      modelArchitecture: { id: 'a' },
      trainedOnDataset: null,
      trainedOnSlice: { id: 's', name: 'hard' },
    },
  ]),
  layers: connection([{ id: 'l', name: 'fc2', layerSet: { id: 's', trainedModel: { id: 't1' } } }]),
  inferenceSets: connection([
    { id: 'i1', inferenceCount: 100, trainedModel: { id: 't1' } },
    { id: 'i2', inferenceCount: 50, trainedModel: { id: 't1' } },
  ]),
  embeddingSets: connection([
    { id: 'e1', dimension: 64, embeddingCount: 100, layer: { id: 'l' } },
    { id: 'e2', dimension: 64, embeddingCount: 50, layer: { id: 'l' } },
  ]),
}

test('a trained model counts what it said and kept over all datasets', () => {
  const [cnn] = modelTree(logged)
  expect(cnn.trainedModels[0]).toEqual({
    id: 't1',
    editVersion: 1,
    version: '1',
    trainedOn: 'train',
    inferenceCount: 150,
    layers: [{ id: 'l', name: 'fc2', dimensions: [64], embeddingCount: 150 }],
  })
})

test('a trained model without data still has its place', () => {
  expect(modelTree(logged)[0].trainedModels[1]).toMatchObject({
    trainedOn: 'hard',
    inferenceCount: 0,
    layers: [],
  })
})
