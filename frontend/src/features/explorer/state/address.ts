/** The shareable part of the view as search parameters of the address, and back. What cannot be read is left out. */

import type { Camera } from '@/scatter'

import type { ColourBy } from './colouring'
import { type Filters, type Range, type ValueDimension, valueDimensions, type ValueFilter } from './filters'
import type { SharedView } from './viewState'

export interface ExplorerSearch {
  colour?: string
  /** As in `label.not.12,15_dataset.only.3f…` */
  show?: string
  confidence?: string
  at?: string
}

const colourings: readonly ColourBy[] = ['label', 'inference', 'agreement', 'dataset', 'confidence']

export function toSearch({ colourBy, filters, camera }: SharedView): ExplorerSearch {
  const show = valueDimensions.flatMap((dimension) => {
    const filter = filters?.[dimension]
    if (!filter) return []
    return `${dimension}.${filter.kind === 'only' ? 'only' : 'not'}.${filter.values.join(',')}`
  })
  return {
    colour: colourBy === 'label' ? undefined : colourBy,
    show: show.length > 0 ? show.join('_') : undefined,
    confidence: filters?.confidence?.join('~'),
    at: camera
      ? [camera.x, camera.y, camera.zoom].map((value) => +value.toPrecision(6)).join('~')
      : undefined,
  }
}

export function fromSearch(search: ExplorerSearch): SharedView {
  const view: SharedView = { filters: readFilters(search) }
  const colourBy = colourings.find((each) => each === search.colour)
  const camera = readCamera(search.at)
  if (colourBy) view.colourBy = colourBy
  if (camera) view.camera = camera
  return view
}

/** For the router: keeps what is text and drops the rest. */
export function validateSearch(search: Record<string, unknown>): ExplorerSearch {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return {
    colour: text(search.colour),
    show: text(search.show),
    confidence: text(search.confidence),
    at: text(search.at),
  }
}

function readFilters({ show, confidence }: ExplorerSearch): Filters {
  const filters: { [D in ValueDimension]?: ValueFilter } & { confidence?: Range } = {}
  for (const part of show?.split('_') ?? []) {
    const [dimension, kind, values] = part.split('.')
    const known = valueDimensions.find((each) => each === dimension)
    if (!known || !values || (kind !== 'only' && kind !== 'not')) continue
    filters[known] = { kind: kind === 'only' ? 'only' : 'without', values: values.split(',') }
  }
  const range = readNumbers(confidence, 2)
  if (range && range[0] <= range[1]) filters.confidence = [range[0], range[1]]
  return filters
}

function readCamera(at: string | undefined): Camera | null {
  const numbers = readNumbers(at, 3)
  if (!numbers || numbers[2] <= 0) return null
  const [x, y, zoom] = numbers
  return { x, y, zoom }
}

function readNumbers(text: string | undefined, count: number): number[] | null {
  const numbers = text?.split('~').map(Number) ?? []
  return numbers.length === count && numbers.every(Number.isFinite) ? numbers : null
}
