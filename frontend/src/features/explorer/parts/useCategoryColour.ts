import { useMemo } from 'react'

import { categoryColours } from '@/theme/palette'
import { useTheme } from '@/theme/useTheme'

import { useExplorer } from '../state/context'

/** The colour of a category by id: that of the map, or its own where no point of the map has it. */
export function useCategoryColour(): (categoryId: string | number | undefined) => string {
  const { session, palettes } = useExplorer()
  const theme = useTheme((state) => state.theme)
  const { categories } = session.map
  const label = palettes.get('label')!
  const inferred = palettes.get('inference')?.totals
  return useMemo(() => {
    const own = categoryColours[theme]
    const colourAt = (code: number) => {
      const isOnMap = label.totals[code] + (inferred?.[code] ?? 0) > 0
      return isOnMap ? label.colours[code] : own[categories[code - 1].colour % own.length]
    }
    const byId = new Map(categories.map(({ id }, k) => [String(id), colourAt(k + 1)]))
    return (id) => byId.get(String(id)) ?? label.colours[0]
  }, [categories, label, inferred, theme])
}
