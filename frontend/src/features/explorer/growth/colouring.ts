/** The colours of a growing map: those that the finished one will have. */

import { OPEN_RING, VISIBLE } from '@/scatter'
import { categoryColours } from '@/theme/palette'
import { colours, type Theme } from '@/theme/tokens'

import type { Category } from '../data/explorerMap'
import { assignColours, OTHER } from '../state/categoryColours'
import type { Growth } from './readGrowth'

/** What the points of a map can be coloured by before it is there. */
export interface Labels {
  /** By id, as on the finished map; a code is the index plus one. */
  categories: readonly Category[]
  /** For each source, the codes of its dataset's rows, 0 where there is no label. */
  codes: readonly Uint16Array[]
  /** How many rows have each code. */
  counts: Uint32Array
  /** For each source, the name of its dataset. */
  datasets: readonly string[]
}

export interface LegendRow {
  name: string
  colour: string
  count: number
  isNone: boolean
}

export interface GrowthColours {
  slots: Uint16Array
  palette: readonly string[]
  states: Uint8Array
  title: 'Label' | 'Dataset'
  legend: readonly LegendRow[]
}

/** By label; by dataset where nothing is labelled. */
export function coloursOf(growth: Growth, labels: Labels, theme: Theme): GrowthColours {
  const isLabelled = labels.counts.some((count, code) => code > 0 && count > 0)
  const codes = isLabelled ? labelCodes(growth, labels) : growth.source.map((source) => source + 1)
  const names = isLabelled ? labels.categories.map(({ name }) => name) : labels.datasets
  const palette = isLabelled ? labelPalette(labels, theme) : datasetPalette(labels, theme)
  const counts = new Uint32Array(palette.length)
  for (const code of codes) counts[code] += 1
  const distinct = [...new Set(palette)]
  const slotOf = palette.map((colour) => distinct.indexOf(colour))
  return {
    slots: codes.map((code) => slotOf[code]),
    palette: distinct,
    states: Uint8Array.from(codes, (code) => VISIBLE | (code === 0 ? OPEN_RING : 0)),
    title: isLabelled ? 'Label' : 'Dataset',
    legend: ['No label', ...names]
      .map((name, code) => ({ name, colour: palette[code], count: counts[code], isNone: code === 0 }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => Number(a.isNone) - Number(b.isNone) || b.count - a.count),
  }
}

function labelCodes({ source, row }: Growth, { codes }: Labels): Uint16Array {
  return Uint16Array.from(source, (each, i) => codes[each]?.[row[i]] ?? 0)
}

function labelPalette({ categories, counts }: Labels, theme: Theme): string[] {
  const assigned = assignColours([undefined, ...categories.map(({ colour }) => colour)], counts)
  return [...assigned].map((index, code) => {
    if (code === 0) return colours.noLabel[theme]
    return index === OTHER ? colours.bar[theme] : categoryColours[theme][index]
  })
}

function datasetPalette({ datasets }: Labels, theme: Theme): string[] {
  const palette = categoryColours[theme]
  return [colours.noLabel[theme], ...datasets.map((_, k) => palette[k % palette.length])]
}
