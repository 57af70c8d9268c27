import { Flex } from '@chakra-ui/react'
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const looks = {
  error: { icon: CircleAlert, bg: 'errorBg', color: 'error', role: 'alert' },
  warning: { icon: TriangleAlert, bg: 'warningBg', color: 'warning', role: 'status' },
  ok: { icon: CircleCheck, bg: 'okBg', color: 'ok', role: 'status' },
} as const

export function Notice({ tone, children }: { tone: keyof typeof looks; children: ReactNode }) {
  const { icon: Icon, ...look } = looks[tone]
  return (
    <Flex {...look} gap="8px" p="8px 10px" borderRadius="control" textStyle="dense" align="flex-start">
      <Icon size={16} strokeWidth={1.5} style={{ flexShrink: 0 }} aria-hidden="true" />
      <div>{children}</div>
    </Flex>
  )
}
