import { InFront } from './InFront'

/** Docked: beside the map, which stays usable. */
export function DatapointTab() {
  return <InFront layout="docked" />
}
