import { defineGlobalStyles } from '@chakra-ui/react'

export const globalStyles = defineGlobalStyles({
  '*': { fontFeatureSettings: 'normal' },
  html: { bg: 'bg', color: 'text', fontSize: '16px' },
  body: {
    fontFamily: 'body',
    fontSize: '13px',
    lineHeight: '20px',
    fontFeatureSettings: "'tnum', 'ss03', 'cv05', 'calt'",
    overflowY: 'hidden',
  },
  '#root': { height: '100dvh' },
  'a:focus-visible, button:focus-visible, summary:focus-visible, [tabindex]:focus-visible': {
    outline: '2px solid',
    outlineColor: 'accent',
    outlineOffset: '1px',
  },
  '*::placeholder': { color: 'text3', opacity: 1 },
  '*::selection': { bg: 'accentBorder' },
  'code, kbd, pre': { fontFamily: 'mono', fontFeatureSettings: 'normal' },
})
