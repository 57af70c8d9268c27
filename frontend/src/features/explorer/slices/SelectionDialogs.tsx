import { useExplorer, useView } from '../state/context'
import { DeleteSelectionDialog } from './DeleteSelectionDialog'
import { ExportDialog } from './ExportDialog'
import { SaveSliceDialog } from './SaveSliceDialog'
import { SlicesDialog } from './SlicesDialog'

/** What is asked about the selection as a whole, if anything. */
export function SelectionDialogs() {
  const { session } = useExplorer()
  const dialog = useView((view) => view.dialog)
  const close = () => session.view.setState({ dialog: null })
  if (dialog === 'save-slice') return <SaveSliceDialog onClose={close} />
  if (dialog === 'slices') return <SlicesDialog onClose={close} />
  if (dialog === 'export') return <ExportDialog onClose={close} />
  if (dialog === 'delete') return <DeleteSelectionDialog onClose={close} />
  return null
}
