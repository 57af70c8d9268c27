import { type ComponentType, createContext, useContext } from 'react'

import type { History } from '../state/history'

/** A category as the view of a datapoint names and draws it. */
export interface HostCategory {
  id: string
  name: string
  colour: string
}

/** Where the view of a datapoint stands: within a map, or on a page of its own. */
export interface DatapointHost {
  projectId: string
  namespace: string
  projectName: string
  canEdit: boolean
  /** The trained model whose inference stands against the label; null for the first. */
  modelId: string | null
  categories: readonly HostCategory[]
  tags: readonly { id: string; name: string }[]
  /** The colour of a category by id; without one that of "none". */
  colourOf: (categoryId: string | undefined) => string
  /** Shows another datapoint in the same place: an object, or the image it lies in. */
  show: (datapointId: string) => void
  /** Which question is asked about this datapoint. */
  dialog: 'tag' | 'label' | null
  ask: (dialog: 'tag' | 'label' | null) => void
  /** After an edit: reads what the screen shows besides this datapoint. */
  refresh: () => Promise<unknown>
  /** Where edits are kept to be taken back, if anywhere but in their notice. */
  history: History | undefined
  /** Opens the one after it in the list; null where there is no list. */
  goOn: (() => void) | null
  /** What the map says of the datapoint; null where there is no map. */
  OnThisMap: ComponentType<{ datapointId: string }> | null
}

export const DatapointHostContext = createContext<DatapointHost | null>(null)

export function useHost(): DatapointHost {
  const host = useContext(DatapointHostContext)
  if (!host) throw new Error('Only within the view of a datapoint')
  return host
}
