import { useMemo } from 'react'

import { useExplorer, useView } from './context'
import { BIT, countCodes } from './failing'
import type { Field } from './fields'

/** Points of each value of a field, counted under the filters of all other dimensions. */
export function useCounts(field: Field): Uint32Array {
  const { failing } = useExplorer().session
  const shownVersion = useView((view) => view.shownVersion)
  return useMemo(() => {
    void shownVersion // `failing` is changed in place; its version says when.
    return countCodes(field.codes, field.values.length, failing, BIT[field.dimension])
  }, [field, failing, shownVersion])
}
