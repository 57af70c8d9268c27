import { defineRecipe } from '@chakra-ui/react'

const size = (height: string, padding: string, fontSize: string) => ({
  h: height,
  minW: height,
  px: padding,
  gap: '6px',
  fontSize,
  lineHeight: '16px',
  _icon: { width: '16px', height: '16px', strokeWidth: '1.5' },
})

/** 28 px high in bars and rows (`sm`, the default), 36 px in forms (`md`). */
export const button = defineRecipe({
  base: {
    borderRadius: 'control',
    fontWeight: 500,
    transitionProperty: 'background-color, border-color, color',
    transitionDuration: '120ms',
    _focusVisible: { outline: '2px solid', outlineColor: 'accent', outlineOffset: '1px' },
    _disabled: { opacity: 0.5, cursor: 'not-allowed' },
  },
  variants: {
    size: {
      xs: size('24px', '8px', '12px'),
      sm: size('28px', '10px', '12px'),
      md: size('36px', '14px', '13px'),
    },
    variant: {
      solid: {
        bg: 'accent',
        color: 'white',
        borderColor: 'accent',
        _hover: { bg: 'accent', filter: 'brightness(1.08)' },
        _expanded: { bg: 'accent' },
      },
      outline: {
        bg: 'raised',
        color: 'text',
        borderColor: 'borderStrong',
        _hover: { bg: 'hover' },
        _expanded: { bg: 'hover' },
      },
      ghost: {
        bg: 'transparent',
        color: 'text2',
        _hover: { bg: 'hover', color: 'text' },
        _expanded: { bg: 'hover' },
      },
      plain: { color: 'text2', _hover: { color: 'text' } },
      surface: {
        bg: 'error',
        color: 'panel',
        shadow: 'none',
        _hover: { bg: 'error', filter: 'brightness(1.08)' },
      },
    },
  },
  defaultVariants: { size: 'sm', variant: 'outline' },
})
