import { chakra } from '@chakra-ui/react'
import type { ReactNode } from 'react'

type Tone = 'neutral' | 'accent' | 'ok' | 'error' | 'warning'

const tones: Record<Tone, { bg: string; color: string; borderColor: string }> = {
  neutral: { bg: 'sunk', color: 'text2', borderColor: 'border' },
  accent: { bg: 'accentBg', color: 'accentText', borderColor: 'transparent' },
  ok: { bg: 'okBg', color: 'ok', borderColor: 'transparent' },
  error: { bg: 'errorBg', color: 'error', borderColor: 'transparent' },
  warning: { bg: 'warningBg', color: 'warning', borderColor: 'transparent' },
}

export function Chip({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <chakra.span
      {...tones[tone]}
      display="inline-flex"
      alignItems="center"
      flexShrink={0}
      h="18px"
      px="6px"
      borderWidth="1px"
      borderRadius="chip"
      textStyle="chip"
      whiteSpace="nowrap"
    >
      {children}
    </chakra.span>
  )
}
