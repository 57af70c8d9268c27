import { defineSlotRecipe } from '@chakra-ui/react'

export const field = defineSlotRecipe({
  slots: ['root', 'label', 'errorText', 'helperText'],
  base: {
    root: { gap: '6px' },
    label: { fontSize: '12px', lineHeight: '16px', fontWeight: 500, color: 'text', userSelect: 'auto' },
    errorText: { fontSize: '12px', lineHeight: '16px', fontWeight: 400, color: 'error' },
    helperText: { fontSize: '12px', lineHeight: '16px', color: 'text3' },
  },
})

export const progress = defineSlotRecipe({
  slots: ['track', 'range'],
  base: {
    track: { bg: 'barGhost', borderRadius: 'swatch', boxShadow: 'none' },
    range: {
      bg: 'accent',
      transitionProperty: 'width',
      transitionDuration: '250ms',
      transitionTimingFunction: 'linear',
    },
  },
  variants: { size: { xs: { track: { h: '4px' } } } },
  defaultVariants: { size: 'xs' },
})
