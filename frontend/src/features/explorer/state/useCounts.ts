import { useMemo } from 'react'

import { useExplorer, useView } from './context'
import { countCodes } from './failing'
import type { ValueField } from './fields'

/** Points of each value of a field, counted under the filters of all other fields. */
export function useCounts(field: ValueField): Uint32Array {
  const { filtering } = useExplorer().session
  const shownVersion = useView((view) => view.shownVersion)
  return useMemo(() => {
    void shownVersion // The mask is changed in place; its version says when.
    return countCodes(field.codes, field.values.length, filtering.failing, filtering.bitOf(field.id))
  }, [field, filtering, shownVersion])
}
