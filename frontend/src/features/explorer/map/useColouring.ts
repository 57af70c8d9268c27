import { useMemo } from 'react'

import { useTheme } from '@/theme/useTheme'

import { type Colouring, numberColouring, valueColouring } from '../state/colouring'
import { useExplorer, useView } from '../state/context'
import { useField } from '../state/useField'

/** The colours of the points for what they are coloured by; by label while that is read, or where it is gone. */
export function useColouring(): Colouring {
  const { session, palettes } = useExplorer()
  const colourBy = useView((view) => view.colourBy)
  const theme = useTheme((state) => state.theme)
  const field = useField(colourBy) ?? session.field('label')!
  return useMemo(
    () =>
      field.kind === 'numbers'
        ? numberColouring(field, theme)
        : valueColouring(field, palettes.get(field.id)!.colours),
    [field, palettes, theme],
  )
}
