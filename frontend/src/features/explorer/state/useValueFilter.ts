import { type MouseEvent, useRef } from 'react'

import { useExplorer, useView } from './context'
import { isolateValue, isShown, toggleValue, type ValueDimension, type ValueFilter } from './filters'

/** Click hides or shows a value; Alt+click and double click isolate it. */
export function useValueFilter(dimension: ValueDimension) {
  const { session } = useExplorer()
  const filter = useView((view) => view.filters[dimension])
  const beforeClick = useRef<ValueFilter | undefined>(undefined)

  function click(event: MouseEvent, value: string) {
    if (event.altKey) return session.setFilter(dimension, isolateValue(filter, value))
    // The second click of a double click isolates as if the first had not happened.
    if (event.detail === 2) return session.setFilter(dimension, isolateValue(beforeClick.current, value))
    beforeClick.current = filter
    session.setFilter(dimension, toggleValue(filter, value))
  }
  return { click, isShown: (value: string) => isShown(filter, value) }
}
