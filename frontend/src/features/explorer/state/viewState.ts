/** What one person looks at in one explorer: small, and told to React. The arrays it speaks of live in the Session. */

import { createStore } from 'zustand/vanilla'

import type { Camera, ScatterEngine, Tool } from '@/scatter'

import type { ColourBy } from './colouring'
import type { Filters } from './filters'
import type { ListOrder } from './listOrder'

export type InspectorTab = 'selection' | 'datapoint'
export type ThumbnailSize = 'S' | 'M' | 'L'

export interface ViewState {
  /** Counters: the arrays behind them changed. */
  pointsVersion: number
  shownVersion: number
  selectionVersion: number
  /** Someone here chose anew what is listed; news from others never reorder a list under the hand. */
  listVersion: number
  shownCount: number
  selectedCount: number

  /** While the map is on the screen. */
  engine: ScatterEngine | null
  colourBy: ColourBy
  filters: Filters
  camera: Camera | null
  tool: Tool
  pointSize: number
  restOpacity: number

  /** Points by number. */
  hovered: number | null
  opened: number | null
  tab: InspectorTab
  isRailOpen: boolean
  isInspectorOpen: boolean
  order: ListOrder
  thumbnailSize: ThumbnailSize
  isShortcutsOpen: boolean
  dialog: 'tag' | 'label' | null
}

/** The part of the view that a shared address carries. */
export type SharedView = Partial<Pick<ViewState, 'colourBy' | 'filters' | 'camera'>>

export function createViewStore(shared: SharedView) {
  return createStore<ViewState>(() => ({
    pointsVersion: 0,
    shownVersion: 0,
    selectionVersion: 0,
    listVersion: 0,
    shownCount: 0,
    selectedCount: 0,
    engine: null,
    colourBy: 'label',
    filters: {},
    camera: null,
    tool: 'pan',
    pointSize: 2,
    restOpacity: 0.45,
    hovered: null,
    opened: null,
    tab: 'selection',
    isRailOpen: true,
    isInspectorOpen: true,
    order: 'disagreeFirst',
    thumbnailSize: 'S',
    isShortcutsOpen: false,
    dialog: null,
    ...shared,
  }))
}

export type ViewStore = ReturnType<typeof createViewStore>
