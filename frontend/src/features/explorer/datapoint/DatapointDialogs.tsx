import { PickDialog } from '../selection/PickDialog'
import { Swatch } from '../parts/Swatch'
import { useHost } from './host'
import type { KnownDatapoint } from './known'
import type { useDatapointEdits } from './useDatapointEdits'

const NO_LABEL = 'no-label'

interface DatapointDialogsProps {
  known: KnownDatapoint
  edits: ReturnType<typeof useDatapointEdits>
}

/** The name of a tag or a category for this datapoint, typed or chosen. */
export function DatapointDialogs({ known, edits }: DatapointDialogsProps) {
  const host = useHost()
  const close = () => host.ask(null)
  if (host.dialog === 'tag') {
    const has = new Set(known.tags.map(({ id }) => id))
    return (
      <PickDialog
        title="Tag this datapoint"
        verb="Tag"
        placeholder="Name of the tag"
        newLabel="new tag"
        options={host.tags.map(({ id, name }) => ({ id, name, detail: has.has(id) ? 'has it' : '' }))}
        onPick={(name) => edits.tag(name)}
        onClose={close}
      />
    )
  }
  if (host.dialog === 'label') {
    const options = host.categories.map(({ id, name, colour }) => ({
      id,
      name,
      mark: <Swatch colour={colour} />,
    }))
    const none = { id: NO_LABEL, name: 'No label', mark: <Swatch colour={host.colourOf(undefined)} isRing /> }
    return (
      <PickDialog
        title="Set the label of this datapoint"
        verb="Set label"
        placeholder="Name of the category"
        newLabel="new category"
        options={[...options, none]}
        onPick={(name, id) => edits.label(id === NO_LABEL ? null : name)}
        onClose={close}
      />
    )
  }
  return null
}
