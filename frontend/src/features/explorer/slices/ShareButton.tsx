import { Button } from '@chakra-ui/react'
import { Link2 } from 'lucide-react'
import { useState } from 'react'

import { toast } from '@/components/toast'

import { postSelection } from '../selection/postSelection'
import { useExplorer } from '../state/context'

/** Puts the selection into the address, for a colleague to open. */
export function ShareButton() {
  const { session } = useExplorer()
  const [isPending, setPending] = useState(false)

  async function share() {
    setPending(true)
    try {
      const selectionId = await postSelection(session.map, session.points, session.selection)
      session.view.setState({ selectionId })
      const address = new URL(window.location.href)
      address.searchParams.delete('slice')
      address.searchParams.set('selection', selectionId)
      await navigator.clipboard.writeText(address.href)
      toast({ text: 'Copied the address of this selection' })
    } catch (error) {
      const isClipboard = error instanceof DOMException
      const text = isClipboard
        ? 'The address above names the selection now; copy it from there'
        : String(error)
      toast({ text, tone: isClipboard ? 'done' : 'failed' })
    }
    setPending(false)
  }
  return (
    <Button loading={isPending} onClick={() => void share()} data-testid="share-selection">
      <Link2 aria-hidden="true" />
      Share
    </Button>
  )
}
