import { createSystem, defaultConfig, defineConfig } from '@chakra-ui/react'

import { globalStyles } from './globalStyles'
import { button } from './recipes/button'
import { input, nativeSelect, textarea } from './recipes/inputs'
import { dialog, menu, popover, tooltip } from './recipes/overlays'
import { field, progress } from './recipes/parts'
import { semanticColours } from './semanticColours'
import { layers, typeScale } from './tokens'

const sans = "'Inter Variable', Inter, system-ui, sans-serif"
const mono = "ui-monospace, 'SF Mono', Menlo, 'DejaVu Sans Mono', Consolas, monospace"

function textStyles() {
  const styles: Record<string, { value: Record<string, string> }> = {}
  for (const [name, [size, height]] of Object.entries(typeScale)) {
    const fontFamily = name === 'mono' || name === 'code' ? mono : 'inherit'
    styles[name] = { value: { fontSize: `${size}px`, lineHeight: `${height}px`, fontFamily } }
  }
  return styles
}

function zIndices() {
  return Object.fromEntries(Object.entries(layers).map(([name, value]) => [name, { value }]))
}

const config = defineConfig({
  cssVarsPrefix: 'chroma',
  globalCss: globalStyles,
  theme: {
    tokens: {
      fonts: { heading: { value: sans }, body: { value: sans }, mono: { value: mono } },
      radii: {
        swatch: { value: '2px' },
        chip: { value: '4px' },
        control: { value: '6px' },
        card: { value: '8px' },
      },
      zIndex: { ...zIndices(), popover: { value: layers.modal }, tooltip: { value: layers.modal + 10 } },
    },
    semanticTokens: {
      colors: semanticColours(),
      radii: { l1: { value: '4px' }, l2: { value: '6px' }, l3: { value: '8px' } },
      shadows: Object.fromEntries(
        ['xs', 'sm', 'md', 'lg', 'xl', '2xl', 'inner', 'inset'].map((size) => [size, { value: 'none' }]),
      ),
    },
    textStyles: textStyles(),
    recipes: { button, input, textarea },
    slotRecipes: { dialog, menu, popover, tooltip, field, nativeSelect, progress },
  },
})

export const system = createSystem(defaultConfig, config)
