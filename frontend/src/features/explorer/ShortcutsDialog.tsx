import { Button, Dialog, Portal } from '@chakra-ui/react'
import { Fragment } from 'react'

import css from './explorer.module.css'
import { useExplorer, useView } from './state/context'

const everyone: [keys: string, does: string][] = [
  ['Drag, arrows', 'Move the map'],
  ['Wheel, + −', 'Zoom'],
  ['F', 'Show the whole map'],
  ['L / V', 'Lasso / move the map'],
  ['Shift + drag', 'Lasso; with Alt takes away, with Ctrl or ⌘ adds'],
  ['Shift + click', 'Select or deselect one'],
  ['Click', 'All about a datapoint'],
  ['← →', 'Previous and next datapoint, once one is open'],
  ['Alt + click', 'Isolate a value of the legend or the rail'],
  ['S', 'Hide or show the filters'],
  ['I', 'Hide or show the inspector'],
  ['Esc', 'Close, then clear the selection'],
  ['?', 'This list'],
]
const editors: [keys: string, does: string][] = [
  ['T', 'Tag the selection, or the open datapoint'],
  ['E', 'Set its label'],
]

export function ShortcutsDialog() {
  const { session } = useExplorer()
  const isOpen = useView((view) => view.isShortcutsOpen)
  const shortcuts = session.map.canEdit ? [...everyone, ...editors] : everyone
  return (
    <Dialog.Root
      open={isOpen}
      size="sm"
      placement="center"
      onOpenChange={({ open }) => session.view.setState({ isShortcutsOpen: open })}
    >
      <Portal>
        <Dialog.Backdrop />
        <Dialog.Positioner p="16px">
          <Dialog.Content>
            <Dialog.Header>
              <Dialog.Title>Keys and gestures</Dialog.Title>
            </Dialog.Header>
            <Dialog.Body>
              <dl className={css.shortcuts}>
                {shortcuts.map(([keys, does]) => (
                  <Fragment key={keys}>
                    <dt>
                      <kbd>{keys}</kbd>
                    </dt>
                    <dd>{does}</dd>
                  </Fragment>
                ))}
              </dl>
            </Dialog.Body>
            <Dialog.Footer>
              <Button onClick={() => session.view.setState({ isShortcutsOpen: false })}>Close</Button>
            </Dialog.Footer>
          </Dialog.Content>
        </Dialog.Positioner>
      </Portal>
    </Dialog.Root>
  )
}
