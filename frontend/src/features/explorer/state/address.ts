/** The shareable part of the view as search parameters of the address, and back. What cannot be read is left out. */

import type { Camera } from '@/scatter'

import { type Filter, type Filters, MOST_FILTERS } from './filters'
import type { ListOrder } from './listOrder'
import type { SharedView } from './viewState'

export interface ExplorerSearch {
  colour?: string
  /** As in `label.not.12,15_metadata:day.range.0~9`. */
  show?: string
  model?: string
  sort?: string
  at?: string
  slice?: string
  /** A selection that somebody shared. */
  selection?: string
}

export function toSearch(view: SharedView): ExplorerSearch {
  const { colourBy, filters, camera, modelId, order, sliceId, selectionId } = view
  const show = Object.entries(filters ?? {}).map(([id, filter]) => writeFilter(id, filter))
  const isUsual = !order || order.by === 'disagree' || order.by === 'similar'
  return {
    colour: colourBy === 'label' ? undefined : colourBy,
    show: show.length > 0 ? show.join('_') : undefined,
    model: modelId ?? undefined,
    sort: isUsual ? undefined : `${escape(order.by)}${order.descending ? '~down' : ''}`,
    at: camera
      ? [camera.x, camera.y, camera.zoom].map((value) => +value.toPrecision(6)).join('~')
      : undefined,
    slice: sliceId ?? undefined,
    selection: selectionId ?? undefined,
  }
}

export function fromSearch(search: ExplorerSearch): SharedView {
  const view: SharedView = { filters: readFilters(search.show) }
  const camera = readCamera(search.at)
  const order = readOrder(search.sort)
  if (search.colour) view.colourBy = search.colour
  if (search.model) view.modelId = search.model
  if (search.slice) view.sliceId = search.slice
  if (search.selection) view.selectionId = search.selection
  if (order) view.order = order
  if (camera) view.camera = camera
  return view
}

/** For the router: keeps what is text and drops the rest. */
export function validateSearch(search: Record<string, unknown>): ExplorerSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  return {
    colour: text(search.colour),
    show: text(search.show),
    model: text(search.model),
    sort: text(search.sort),
    at: text(search.at),
    slice: text(search.slice),
    selection: text(search.selection),
  }
}

function writeFilter(id: string, filter: Filter): string {
  if (filter.kind === 'range') {
    const bounds = `${filter.low ?? ''}~${filter.high ?? ''}${filter.missing ? '~missing' : ''}`
    return `${escape(id)}.range.${bounds}`
  }
  return `${escape(id)}.${filter.kind === 'only' ? 'only' : 'not'}.${filter.values.map(escape).join(',')}`
}

function readFilters(show: string | undefined): Filters {
  const read = (show ?? '').split('_').flatMap((part): [string, Filter][] => {
    const [, id, kind, rest] = /^([^.]+)\.(only|not|range)\.(.*)$/.exec(part) ?? []
    if (!id) return []
    const filter = kind === 'range' ? readRange(rest) : readValues(kind, rest)
    return filter ? [[unescape(id), filter]] : []
  })
  return Object.fromEntries(read.slice(0, MOST_FILTERS))
}

function readValues(kind: string, rest: string): Filter | null {
  const values = rest === '' ? [] : rest.split(',').map(unescape)
  if (kind === 'only') return { kind: 'only', values }
  return values.length > 0 ? { kind: 'without', values } : null
}

function readRange(rest: string): Filter | null {
  const [from, to = '', missing] = rest.split('~')
  const low = from === '' ? null : Number(from)
  const high = to === '' ? null : Number(to)
  if (Number.isNaN(low) || Number.isNaN(high) || (low !== null && high !== null && low > high)) return null
  return { kind: 'range', low, high, missing: missing === 'missing' }
}

function readOrder(sort: string | undefined): ListOrder | null {
  if (!sort) return null
  const [by, direction] = sort.split('~')
  return { by: unescape(by), descending: direction === 'down' }
}

function readCamera(at: string | undefined): Camera | null {
  const numbers = at?.split('~').map(Number) ?? []
  if (numbers.length !== 3 || !numbers.every(Number.isFinite) || numbers[2] <= 0) return null
  const [x, y, zoom] = numbers
  return { x, y, zoom }
}

/** Names may hold anything; these characters separate the parts here. */
function escape(text: string): string {
  return text.replace(/[._~,!]/g, (sign) => `!${sign.charCodeAt(0).toString(16)}`)
}

function unescape(text: string): string {
  return text.replace(/!([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
}
