import { Box } from '@chakra-ui/react'
import type { ReactNode } from 'react'

import { Card } from './Card'
import { SectionHead } from './SectionHead'

interface CardSectionProps {
  title: string
  note?: ReactNode
  action?: ReactNode
  children: ReactNode
}

/** A titled card on the page of one thing. */
export function CardSection({ title, note, action, children }: CardSectionProps) {
  return (
    <section>
      <SectionHead title={title} note={note} action={action} />
      <Card>
        <Box p="12px">{children}</Box>
      </Card>
    </section>
  )
}
