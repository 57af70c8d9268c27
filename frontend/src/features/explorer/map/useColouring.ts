import { useMemo } from 'react'

import { useTheme } from '@/theme/useTheme'

import { type Colouring, confidenceColouring } from '../state/colouring'
import { useExplorer, useView } from '../state/context'

/** The colours of the points for what they are coloured by; by label where the map lacks that field. */
export function useColouring(): Colouring {
  const { session, palettes } = useExplorer()
  const colourBy = useView((view) => view.colourBy)
  const theme = useTheme((state) => state.theme)
  const { points, fields } = session
  return useMemo(() => {
    if (colourBy === 'confidence') return confidenceColouring(points, theme)
    const field = fields.find((each) => each.dimension === colourBy) ?? fields[0]
    return { codes: field.codes, palette: palettes.get(field.dimension)!.colours }
  }, [points, fields, palettes, colourBy, theme])
}
