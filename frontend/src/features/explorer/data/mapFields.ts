/** What the map itself knows of each point beside its place. */

import type { FieldInfo } from '../state/fields'
import type { ProjectionSetResult } from './describeMap'

const hints = { LOW_IS_BAD: 'low is bad', HIGH_IS_BAD: 'high is bad', NEUTRAL: '' } as const

export function mapFields(columns: ProjectionSetResult['columns']): FieldInfo[] {
  return columns.map(({ name, title, description, direction, minimum, maximum }) => ({
    id: `map:${name}`,
    title,
    hint: hints[direction],
    description,
    group: 'map',
    kind: 'numbers',
    none: 'No value',
    columns: [],
    direction,
    bounds: minimum != null && maximum != null ? [minimum, maximum] : undefined,
    reading: { as: 'mapColumn', name },
  }))
}
