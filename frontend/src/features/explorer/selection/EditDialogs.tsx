import { countOf, formatCount } from '@/components/format'

import { Swatch } from '../parts/Swatch'
import { useExplorer, useView } from '../state/context'
import { useTargets } from '../state/useTargets'
import { PickDialog } from './PickDialog'
import { useEdits } from './useEdits'

/** The dialog that is asked for, if any. */
export function EditDialogs() {
  const { session } = useExplorer()
  const dialog = useView((view) => view.dialog)
  const close = () => session.view.setState({ dialog: null })
  if (dialog === 'tag') return <TagDialog onClose={close} />
  if (dialog === 'label') return <LabelDialog onClose={close} />
  return null
}

function TagDialog({ onClose }: { onClose: () => void }) {
  const { session } = useExplorer()
  const targets = useTargets()
  const edits = useEdits()
  const options = session.map.tags.map(({ id, name }) => {
    const members = session.points.tags.get(id)
    const tagged = members ? targets.reduce((count, point) => count + members[point], 0) : 0
    return { id, name, detail: tagged > 0 ? `on ${formatCount(tagged)} of them` : '' }
  })
  return (
    <PickDialog
      title={`Tag ${countOf(targets.length, 'datapoint')}`}
      verb="Tag"
      placeholder="Name of the tag"
      newLabel="new tag"
      options={options}
      onPick={(name) => edits.tag(targets, name)}
      onClose={onClose}
    />
  )
}

const NO_LABEL = 'no-label'

function LabelDialog({ onClose }: { onClose: () => void }) {
  const { session, palettes } = useExplorer()
  const targets = useTargets()
  const edits = useEdits()
  const colours = palettes.get('label')!.colours
  const options = session.map.categories.map(({ id, name }, k) => ({
    id: String(id),
    name,
    mark: <Swatch colour={colours[k + 1]} />,
  }))
  const none = { id: NO_LABEL, name: 'No label', mark: <Swatch colour={colours[0]} isRing /> }
  return (
    <PickDialog
      title={`Set the label of ${countOf(targets.length, 'datapoint')}`}
      verb="Set label"
      placeholder="Name of the category"
      newLabel="new category"
      options={[...options, none]}
      onPick={(name, id) => edits.label(targets, id === NO_LABEL ? null : name)}
      onClose={onClose}
    />
  )
}
