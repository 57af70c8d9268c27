import { useExplorer } from './context'
import type { FieldGroup, FieldInfo } from './fields'

const groups: Record<FieldGroup, string> = {
  base: 'Datapoint',
  model: 'Model',
  map: 'Map',
  score: 'Scores',
  metadata: 'Metadata',
}

/** The fields as options of a select, by group; tags, of which a datapoint has several, are not among them. */
export function FieldOptions({ exclude }: { exclude?: (info: FieldInfo) => boolean }) {
  const { catalogue } = useExplorer().session
  const offered = catalogue.filter((info) => info.kind !== 'tags' && !exclude?.(info))
  return Object.entries(groups).map(([group, title]) => {
    const members = offered.filter((info) => info.group === group)
    if (members.length === 0) return null
    return (
      <optgroup key={group} label={title}>
        {members.map((info) => (
          <option key={info.id} value={info.id}>
            {optionTitle(info)}
          </option>
        ))}
      </optgroup>
    )
  })
}

/** With the model where several could be meant. */
function optionTitle({ title, group, hint }: FieldInfo): string {
  return group === 'model' && hint && hint !== 'log count' ? `${title}, ${hint}` : title
}
