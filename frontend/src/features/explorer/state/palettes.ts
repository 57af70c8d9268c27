/** The colour of every value of a field, and how many points of the whole map have it. Made when first asked for. */

import { colours, type Theme } from '@/theme/tokens'

import { fieldPalette } from './colouring'
import { countCodes } from './failing'
import type { ValueField } from './fields'
import type { Session } from './session'
import { shaded } from './shades'

export interface FieldColours {
  /** By code. */
  colours: readonly string[]
  totals: Uint32Array
  /** Whether the value has a colour of its own, and not that of "Other". */
  isNamed: (code: number) => boolean
}

export class Palettes {
  private readonly made = new Map<ValueField, FieldColours>()

  constructor(
    private readonly session: Session,
    private readonly theme: Theme,
  ) {}

  /** Of a field that is there. */
  get(id: string): FieldColours | undefined {
    const field = this.session.valueField(id)
    if (!field) return undefined
    const known = this.made.get(field)
    if (known) return known
    const made = this.make(field)
    this.made.set(field, made)
    return made
  }

  /** Of a category by its id; that of "none" for one nobody knows. */
  category(id: number | undefined): string {
    const code = this.session.map.categories.findIndex((each) => each.id === id) + 1
    return this.get('label')!.colours[code]
  }

  private make(field: ValueField): FieldColours {
    const { theme } = this
    const totals = countAll(field)
    const palette =
      field.reading.as === 'byDataset'
        ? this.shadesOf(field.reading.array)
        : fieldPalette(field, this.sizesOf(field, totals), theme)
    const isNamed = (code: number) => code > 0 && palette[code] !== colours.bar[theme]
    return { colours: palette, totals, isNamed }
  }

  /** All that name categories give one category one colour, so label and the shown inference decide together. */
  private sizesOf(field: ValueField, totals: Uint32Array): Uint32Array {
    if (field.id !== 'label' && !field.id.startsWith('inference:')) return totals
    const label = this.session.valueField('label')!
    const inference = this.session.valueField('inference')
    const inferred = inference && countAll(inference)
    return countAll(label).map((count, code) => count + (inferred?.[code] ?? 0))
  }

  /** A category has its colour in every dataset, lighter or darker from one to the next. */
  private shadesOf(array: 'label' | 'inference'): string[] {
    const { colours: palette } = this.get(array)!
    const { datasets } = this.session.map
    const none = colours.noLabel[this.theme]
    const shades = palette.flatMap((colour, code) =>
      datasets.map((_, k) => (code === 0 ? none : shaded(colour, k, datasets.length))),
    )
    return [none, ...shades]
  }
}

function countAll(field: ValueField): Uint32Array {
  return countCodes(field.codes, field.values.length, new Uint32Array(field.codes.length), 0)
}
