import { chakra } from '@chakra-ui/react'

import { categoryColours } from '@/theme/palette'
import { useTheme } from '@/theme/useTheme'

/** The stored colour of a category, always beside its name. */
export function Swatch({ colour }: { colour: number }) {
  const theme = useTheme((state) => state.theme)
  const colours = categoryColours[theme]
  return (
    <chakra.span
      display="inline-block"
      boxSize="10px"
      borderRadius="swatch"
      flexShrink={0}
      style={{ background: colours[colour % colours.length] }}
      aria-hidden="true"
    />
  )
}
