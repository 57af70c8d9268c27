import { expect, test } from 'vitest'

import { sentence } from './sentence'

function tell(
  action: string,
  targetType: string,
  targetName: string,
  after: object = {},
  before: object = {},
) {
  return sentence({ action, targetType, targetName, before, after })
    .map(({ text }) => text)
    .join('')
}

test.each([
  [tell('logged', 'dataset', 'train', { added: 5000, updated: 0 }), 'logged 5,000 datapoints to train'],
  [tell('logged', 'dataset', 'train', { added: 0, updated: 2 }), 'logged 2 changed datapoints to train'],
  [tell('logged', 'dataset', 'train', { added: 0, updated: 0 }), 'logged nothing new to train'],
  [tell('tagged', 'tag', 'check', { count: 412, tag: 'check' }), 'tagged 412 datapoints check'],
  [tell('untagged', 'tag', 'check', { count: 1 }), 'took 1 datapoint off check'],
  [tell('labelled', 'category', '7', { count: 14, category: '7' }), 'set the label of 14 datapoints to 7'],
  [tell('labelled', 'project', 'a/b', { count: 3, category: null }), 'took the label off 3 datapoints'],
  [tell('renamed', 'projection_set', 'new', { name: 'new' }, { name: 'old' }), 'renamed map old to new'],
  [tell('role_changed', 'membership', 'bob is viewer of a/b', { role: 'editor' }), 'made bob an editor'],
  [tell('invited', 'membership', 'bob is viewer of a/b', { role: 'viewer' }), 'invited bob as a viewer'],
  [tell('left', 'membership', 'bob is viewer of a/b'), 'left the project'],
  [tell('projection_started', 'projection_set', 'UMAP fc2'), 'started map UMAP fc2'],
  [tell('frozen', 'slice', 'hard'), 'froze slice hard'],
  [tell('datapoints_deleted', 'dataset', 'train', {}, { count: 3 }), 'deleted 3 datapoints of train'],
  [tell('updated', 'category', '7'), 'gave category 7 another colour'],
  [tell('deleted', 'trained_model', 'cnn 1'), 'deleted trained model cnn 1'],
])('an entry reads "%s"', (said, expected) => expect(said).toBe(expected))
