import { useState } from 'react'

import type { DatasetKind } from '@/gql/graphql'

import type { ImportInFull } from '../ImportPage'
import { type Chosen, suggestedMapping } from './fields'

export interface Draft {
  datasetName: string
  kind: DatasetKind | ''
  chosen: Chosen
  model: string
  version: string
  layer: string
  skipBadRows: boolean
}

/** By import id: after rows were refused, the form comes back as it was filled. */
const drafts = new Map<string, Draft>()

export function useDraft(file: ImportInFull): [Draft, (changes: Partial<Draft>) => void] {
  const [draft, setDraft] = useState(() => drafts.get(file.id) ?? firstDraft(file))
  function change(changes: Partial<Draft>) {
    const next = { ...draft, ...changes }
    drafts.set(file.id, next)
    setDraft(next)
  }
  return [draft, change]
}

function firstDraft(file: ImportInFull): Draft {
  return {
    datasetName: file.dataset?.name ?? nameFrom(file.fileName),
    kind: '',
    chosen: suggestedMapping(file.columns),
    model: '',
    version: '1',
    layer: '',
    skipBadRows: false,
  }
}

/** "train.parquet" goes into train. */
function nameFrom(fileName: string): string {
  return fileName.replace(/\.[^.]+$/, '')
}
