import { Button } from '@chakra-ui/react'
import { Bug } from 'lucide-react'

import { EmptyState } from './EmptyState'

/** What remains of a page whose code failed. */
export function FaultState({ message }: { message: string }) {
  return (
    <EmptyState
      icon={Bug}
      title="This page failed"
      action={<Button onClick={() => window.location.reload()}>Load it again</Button>}
    >
      It is a fault of Chroma, not of your data; nothing on the server was changed by it. If it comes back,
      report this: {message}
    </EmptyState>
  )
}
