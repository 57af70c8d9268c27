import { useEffect } from 'react'

import { countOf, formatCount } from '@/components/format'

import { Swatch } from '../parts/Swatch'
import { useExplorer, useView } from '../state/context'
import { useTargets } from '../state/useTargets'
import { frontPoint } from '../state/viewState'
import { PickDialog, type PickOption } from './PickDialog'
import { useEdits } from './useEdits'

/** The dialog that is asked for, if any. */
export function EditDialogs() {
  const { session } = useExplorer()
  const dialog = useView((view) => view.dialog)
  // With a datapoint in front the question is about it alone, and its view asks it.
  const isInFront = useView((view) => frontPoint(view) !== null)
  const close = () => session.view.setState({ dialog: null })
  if (dialog === 'untag') return <UntagDialog onClose={close} />
  if (isInFront) return null
  if (dialog === 'tag') return <TagDialog onClose={close} />
  if (dialog === 'label') return <LabelDialog onClose={close} />
  return null
}

function TagDialog({ onClose }: { onClose: () => void }) {
  const targets = useTargets()
  const edits = useEdits()
  const options = useTagOptions(targets)
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

function UntagDialog({ onClose }: { onClose: () => void }) {
  const targets = useTargets()
  const edits = useEdits()
  const options = useTagOptions(targets).filter(({ tagged }) => tagged > 0)
  return (
    <PickDialog
      title={`Untag ${countOf(targets.length, 'datapoint')}`}
      verb="Untag"
      placeholder="Name of the tag"
      options={options}
      onPick={(name) => edits.untag(targets, name)}
      onClose={onClose}
    />
  )
}

/** The project's tags, and how many of these points carry each; members not looked at yet are read. */
function useTagOptions(targets: Uint32Array): (PickOption & { tagged: number })[] {
  const { session } = useExplorer()
  useView((view) => view.pointsVersion)
  const { tags } = session.map
  useEffect(() => {
    for (const { id } of tags) session.tags.request(id).catch(() => undefined)
  }, [session, tags])
  const isTarget = new Uint8Array(session.points.count)
  for (const point of targets) isTarget[point] = 1
  return tags.map(({ id, name }) => {
    const tagged = session.tags.members(id)?.reduce((count, point) => count + isTarget[point], 0) ?? 0
    return { id, name, tagged, detail: tagged > 0 ? `on ${formatCount(tagged)} of them` : '' }
  })
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
