import { Button, Dialog } from '@chakra-ui/react'
import { Layers } from 'lucide-react'
import { useState } from 'react'

import { useLiveQuery } from '@/api/live'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { formatCount } from '@/components/format'
import { DialogFrame } from '@/components/FormDialog'
import { SearchField } from '@/components/SearchField'

import { useServerSelection } from '../selection/useServerSelection'
import { useExplorer, useView } from '../state/context'
import { modeOf } from '../state/selectMode'
import { ExplorerSlices } from './documents'
import { SliceRow } from './SliceRow'
import css from './slices.module.css'

const MOST = 100

/** The project's slices: open one, join it with the selection, rename or delete it. */
export function SlicesDialog({ onClose }: { onClose: () => void }) {
  const { session } = useExplorer()
  const [search, setSearch] = useState('')
  const { openSlice } = useServerSelection()
  const selected = useView((view) => view.selectedCount)
  const { projectId, canEdit } = session.map
  const { data, error, refresh } = useLiveQuery({
    query: ExplorerSlices,
    variables: { projectId, search: search.trim() || null, first: MOST },
    projectId,
    about: ['slice'],
  })
  const slices = data?.slices.edges.map(({ node }) => node) ?? []
  const rest = (data?.slices.totalCount ?? 0) - slices.length

  return (
    <DialogFrame size="lg" onClose={onClose}>
      <Dialog.Header>
        <Dialog.Title>Slices</Dialog.Title>
      </Dialog.Header>
      <Dialog.Body>
        <div className={css.head}>
          <SearchField label="Search slices" value={search} onChange={setSearch} />
          <p>Click to select a slice. Shift adds it, Alt intersects, Ctrl or ⌘ takes it away.</p>
        </div>
        {error && !data && <FailureState error={error} what="The slices" onRetry={refresh} />}
        {data && slices.length === 0 && (
          <EmptyState icon={Layers} title={search ? 'No slice of that name' : 'No slices yet'}>
            {search ? 'Try another word.' : 'Select datapoints and press K to keep them as a slice.'}
          </EmptyState>
        )}
        <ul className={css.list} data-testid="slice-list">
          {slices.map((slice) => (
            <SliceRow
              key={slice.id}
              slice={slice}
              onOpen={(event) => {
                void openSlice(slice.id, slice.name, modeOf(event))
                onClose()
              }}
              onChanged={refresh}
            />
          ))}
        </ul>
        {rest > 0 && <p className={css.rest}>{formatCount(rest)} more: search to find them.</p>}
      </Dialog.Body>
      <Dialog.Footer>
        <Button onClick={onClose}>Close</Button>
        {canEdit && selected > 0 && (
          <Button variant="solid" onClick={() => session.view.setState({ dialog: 'save-slice' })}>
            Save the selection
          </Button>
        )}
      </Dialog.Footer>
    </DialogFrame>
  )
}
