import { createContext, useContext } from 'react'
import { useStore } from 'zustand'

import type { Palettes } from './palettes'
import type { Session } from './session'
import type { ViewState } from './viewState'

export interface ExplorerContext {
  session: Session
  palettes: Palettes
  /** Reads the columns that changed on the server, now. */
  refresh: () => Promise<void>
}

export const Explorer = createContext<ExplorerContext | null>(null)

export function useExplorer(): ExplorerContext {
  const context = useContext(Explorer)
  if (!context) throw new Error('Only within an open explorer')
  return context
}

export function useView<Value>(selector: (view: ViewState) => Value): Value {
  return useStore(useExplorer().session.view, selector)
}
