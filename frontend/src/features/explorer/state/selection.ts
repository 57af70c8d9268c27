/** The selected points, and how they came to be selected. */

import { combine, flagged, type SelectMode } from './selectMode'
import type { Provenance } from './rule'

export interface SelectionState {
  points: Uint32Array
  provenance: Provenance | null
}

export class Selection {
  flags: Uint8Array
  /** Ascending. */
  points: Uint32Array = new Uint32Array(0)
  /** Null where no rule says the same. */
  provenance: Provenance | null = null

  constructor(count: number) {
    this.flags = new Uint8Array(count)
  }

  change(points: Uint32Array, mode: SelectMode, provenance: Provenance | null): void {
    this.flags = combine(this.flags, points, mode)
    this.points = flagged(this.flags)
    this.provenance = provenance
  }

  get state(): SelectionState {
    return { points: this.points, provenance: this.provenance }
  }

  restore({ points, provenance }: SelectionState): void {
    this.change(points, 'replace', provenance)
  }
}
