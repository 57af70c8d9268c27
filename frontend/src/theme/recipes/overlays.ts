import { defineSlotRecipe } from '@chakra-ui/react'

const floating = {
  bg: 'panel',
  color: 'text',
  borderWidth: '1px',
  borderColor: 'borderStrong',
  boxShadow: 'none',
}

export const dialog = defineSlotRecipe({
  slots: ['backdrop', 'positioner', 'content', 'header', 'body', 'footer', 'title', 'description'],
  base: {
    backdrop: { bg: 'scrim', _open: { animationDuration: '160ms' }, _closed: { animationDuration: '120ms' } },
    content: {
      ...floating,
      borderRadius: 'card',
      fontSize: '13px',
      lineHeight: '20px',
      _open: { animationDuration: '160ms' },
      _closed: { animationDuration: '120ms' },
    },
    header: { px: '20px', pt: '16px', pb: '4px' },
    title: { fontSize: '16px', lineHeight: '24px', fontWeight: 600 },
    body: { px: '20px', pt: '8px', pb: '16px' },
    footer: { px: '20px', py: '12px', gap: '8px', borderTopWidth: '1px', borderColor: 'border' },
  },
  variants: {
    size: {
      sm: { content: { maxW: '420px' } },
      md: { content: { maxW: '520px' } },
      lg: { content: { maxW: '680px' } },
    },
  },
  defaultVariants: { size: 'md' },
})

export const menu = defineSlotRecipe({
  slots: ['content', 'item', 'itemGroupLabel', 'separator'],
  base: {
    content: { ...floating, borderRadius: 'card', minW: '180px' },
    item: {
      borderRadius: 'chip',
      _icon: { width: '16px', height: '16px', strokeWidth: '1.5', color: 'text3' },
    },
    itemGroupLabel: { color: 'text3', fontWeight: 400, fontSize: '11px', lineHeight: '16px' },
    separator: { bg: 'border' },
  },
  variants: {
    variant: { subtle: { item: { _highlighted: { bg: 'hover' } } } },
    size: {
      md: {
        content: { padding: '4px' },
        item: { minH: '28px', px: '8px', py: '4px', gap: '8px', fontSize: '12px', lineHeight: '16px' },
      },
    },
  },
})

export const popover = defineSlotRecipe({
  slots: ['content', 'body'],
  base: { content: { ...floating, borderRadius: 'card', fontSize: '12px', lineHeight: '16px' } },
})

export const tooltip = defineSlotRecipe({
  slots: ['content'],
  base: {
    content: {
      fontSize: '11px',
      lineHeight: '16px',
      px: '8px',
      py: '4px',
      borderRadius: 'chip',
      fontWeight: 500,
    },
  },
})
