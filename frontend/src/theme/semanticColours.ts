import { type ColourName, colours } from './tokens'

/** Our colour names as Chakra tokens, and Chakra's own names (bg.panel, fg, gray.…) pointed at them. */
export function semanticColours() {
  const named = Object.fromEntries(
    (Object.keys(colours) as ColourName[])
      .filter((name) => name !== 'bg' && name !== 'border')
      .map((name) => [name, pair(name)]),
  )
  return {
    ...named,
    bg: {
      DEFAULT: pair('bg'),
      subtle: pair('hover'),
      muted: pair('hover'),
      emphasized: pair('hover'),
      inverted: pair('text'),
      panel: pair('panel'),
      error: pair('errorBg'),
    },
    fg: {
      DEFAULT: pair('text'),
      muted: pair('text2'),
      subtle: pair('text3'),
      inverted: pair('panel'),
      error: pair('error'),
    },
    border: {
      DEFAULT: pair('border'),
      muted: pair('border'),
      subtle: pair('border'),
      emphasized: pair('borderStrong'),
      strong: pair('borderStrong'),
      error: pair('error'),
    },
    gray: {
      contrast: { value: '#FFFFFF' },
      fg: pair('text'),
      subtle: pair('hover'),
      muted: pair('hover'),
      emphasized: pair('borderStrong'),
      border: pair('borderStrong'),
      solid: pair('accent'),
      focusRing: pair('accent'),
    },
  }
}

function pair(name: ColourName) {
  const { light, dark } = colours[name]
  return { value: { base: light, _light: light, _dark: dark } }
}
