import { Button } from '@chakra-ui/react'
import { Pencil, Tag } from 'lucide-react'

import { useExplorer, useView } from '../state/context'
import css from './inspector.module.css'

/** What can be done to the selection; viewers have no verbs. */
export function ActionButtons() {
  const { session } = useExplorer()
  const selected = useView((view) => view.selectedCount)
  if (selected === 0 || !session.map.canEdit) return null
  return (
    <div className={css.actions} role="group" aria-label="Actions on the selection">
      <Button
        variant="solid"
        onClick={() => session.view.setState({ dialog: 'tag' })}
        data-testid="tag-button"
      >
        <Tag aria-hidden="true" />
        Tag
        <kbd>T</kbd>
      </Button>
      <Button onClick={() => session.view.setState({ dialog: 'label' })} data-testid="set-label-button">
        <Pencil aria-hidden="true" />
        Set label
        <kbd>E</kbd>
      </Button>
      <Button variant="ghost" onClick={() => session.clearSelection()} data-testid="clear-selection">
        Clear
        <kbd>Esc</kbd>
      </Button>
    </div>
  )
}
