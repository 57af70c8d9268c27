import { Button } from '@chakra-ui/react'
import { Download, Layers, Pencil, Tag, Tags, Trash2 } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

import { SimilarButton } from '../similar/SimilarButton'
import { ShareButton } from '../slices/ShareButton'
import { useExplorer, useView } from '../state/context'
import type { ExplorerDialog } from '../state/viewState'
import css from './inspector.module.css'

/** What can be done with the selection; viewers may export and share it. */
export function ActionButtons() {
  const { session } = useExplorer()
  const selected = useView((view) => view.selectedCount)
  const { canEdit } = session.map
  if (selected === 0) return null
  return (
    <div className={css.actions} role="group" aria-label="Actions on the selection">
      {canEdit && (
        <>
          <Verb
            dialog="tag"
            icon={<Tag aria-hidden="true" />}
            shortcut="T"
            variant="solid"
            testId="tag-button"
          >
            Tag
          </Verb>
          <Verb dialog="label" icon={<Pencil aria-hidden="true" />} shortcut="E" testId="set-label-button">
            Label
          </Verb>
          <Verb dialog="untag" icon={<Tags aria-hidden="true" />} shortcut="U" testId="untag-button">
            Untag
          </Verb>
          <Verb
            dialog="save-slice"
            icon={<Layers aria-hidden="true" />}
            shortcut="K"
            testId="save-slice-button"
          >
            Slice
          </Verb>
        </>
      )}
      <Verb dialog="export" icon={<Download aria-hidden="true" />} shortcut="X" testId="export-button">
        Export
      </Verb>
      <SimilarButton />
      <ShareButton />
      {canEdit && (
        <Verb dialog="delete" icon={<Trash2 aria-hidden="true" />} variant="ghost" testId="delete-button">
          Delete
        </Verb>
      )}
    </div>
  )
}

interface VerbProps {
  dialog: ExplorerDialog
  icon: ReactNode
  shortcut?: string
  variant?: ComponentProps<typeof Button>['variant']
  testId: string
  children: string
}

function Verb({ dialog, icon, shortcut, variant, testId, children }: VerbProps) {
  const { session } = useExplorer()
  return (
    <Button variant={variant} onClick={() => session.view.setState({ dialog })} data-testid={testId}>
      {icon}
      {children}
      {shortcut && <kbd>{shortcut}</kbd>}
    </Button>
  )
}
