/** What one person looks at in one explorer: small, and told to React. The arrays it speaks of live in the Session. */

import { createStore } from 'zustand/vanilla'

import type { Camera, ScatterEngine, Tool } from '@/scatter'

import type { Filters } from './filters'
import type { SimilarAnswer } from '../similar/similar'
import { disagreeFirst, type ListOrder } from './listOrder'

export type InspectorTab = 'selection' | 'datapoint'
export type ThumbnailSize = 'S' | 'M' | 'L'

export type ExplorerDialog = 'tag' | 'untag' | 'label' | 'save-slice' | 'slices' | 'export' | 'delete'

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
  /** Id of a field. */
  colourBy: string
  filters: Filters
  /** Whose inferences are shown; null for those of the map's own model. */
  modelId: string | null
  /** What the selection is, where it has a name that others can open: a slice, or a selection kept by the server. */
  sliceId: string | null
  selectionId: string | null
  camera: Camera | null
  /** How far the points are on the way from another version of the map, 0 … 1; 1 where nothing is played. */
  blend: number
  tool: Tool
  pointSize: number
  restOpacity: number

  /** Points by number. */
  hovered: number | null
  opened: number | null
  /** A datapoint that is not on this map, shown in place of the opened one: an object, or the image it lies in. */
  visiting: string | null
  /** Whether the opened datapoint is shown large, over the map and beside the list. */
  isLarge: boolean
  /** What the list shows, in its order, and in how many columns. */
  listing: Uint32Array
  gridColumns: number
  /** Whether thumbnails of images show the boxes of their objects. */
  areBoxesShown: boolean
  tab: InspectorTab
  isRailOpen: boolean
  /** Sections of the rail that someone opened or folded, by field id. */
  openSections: Readonly<Record<string, boolean>>
  isInspectorOpen: boolean
  order: ListOrder
  thumbnailSize: ThumbnailSize
  isShortcutsOpen: boolean
  /** The search on the server, in the head of the rail. */
  isSearchOpen: boolean
  dialog: ExplorerDialog | null
  /** While the selection is what was found to be similar: to what, and how far each is. */
  similar: SimilarAnswer | null
  isFindingSimilar: boolean
}

/** The point whose datapoint someone looks at: in its tab, or large. */
export function frontPoint({ opened, tab, isLarge }: ViewState): number | null {
  return isLarge || tab === 'datapoint' ? opened : null
}

/** The part of the view that a shared address carries. */
export type SharedView = Partial<
  Pick<ViewState, 'colourBy' | 'filters' | 'camera' | 'modelId' | 'order' | 'sliceId' | 'selectionId'>
>

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
    modelId: null,
    sliceId: null,
    selectionId: null,
    camera: null,
    blend: 1,
    tool: 'pan',
    pointSize: 2,
    restOpacity: 0.45,
    hovered: null,
    opened: null,
    visiting: null,
    isLarge: false,
    listing: new Uint32Array(0),
    gridColumns: 1,
    areBoxesShown: true,
    tab: 'selection',
    isRailOpen: true,
    openSections: {},
    isInspectorOpen: true,
    order: disagreeFirst,
    thumbnailSize: 'S',
    isShortcutsOpen: false,
    isSearchOpen: false,
    dialog: null,
    similar: null,
    isFindingSimilar: false,
    ...shared,
  }))
}

export type ViewStore = ReturnType<typeof createViewStore>
