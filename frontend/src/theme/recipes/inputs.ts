import { defineRecipe, defineSlotRecipe } from '@chakra-ui/react'

const look = {
  bg: 'raised',
  color: 'text',
  borderWidth: '1px',
  borderColor: 'borderStrong',
  borderRadius: 'control',
  transitionProperty: 'border-color, box-shadow',
  transitionDuration: '120ms',
  _focusVisible: {
    outline: 'none',
    borderColor: 'accent',
    boxShadow: '0 0 0 3px var(--chroma-colors-accent-bg)',
  },
  _invalid: { borderColor: 'error' },
  _disabled: { opacity: 0.6 },
}

const heights = {
  sm: { '--input-height': '28px', fontSize: '12px', lineHeight: '16px', px: '8px' },
  md: { '--input-height': '36px', fontSize: '14px', lineHeight: '20px', px: '10px' },
}

export const input = defineRecipe({
  base: look,
  variants: { size: heights, variant: { outline: look } },
  defaultVariants: { size: 'md', variant: 'outline' },
})

export const textarea = defineRecipe({
  base: look,
  variants: {
    size: { md: { fontSize: '14px', lineHeight: '20px', px: '10px', py: '7px' } },
    variant: { outline: look },
  },
  defaultVariants: { size: 'md', variant: 'outline' },
})

export const nativeSelect = defineSlotRecipe({
  slots: ['root', 'field', 'indicator'],
  base: { field: look, indicator: { color: 'text3' } },
  variants: {
    variant: { outline: { field: look } },
    size: {
      sm: {
        root: { '--select-field-height': '28px' },
        field: { fontSize: '12px', lineHeight: '16px', ps: '8px', pe: '26px' },
        indicator: { fontSize: '14px' },
      },
      md: {
        root: { '--select-field-height': '36px' },
        field: { fontSize: '14px', lineHeight: '20px', ps: '10px', pe: '28px' },
        indicator: { fontSize: '16px' },
      },
    },
  },
  defaultVariants: { size: 'md', variant: 'outline' },
})
