import { type MouseEvent, useRef } from 'react'

import { useExplorer, useView } from './context'
import { asValueFilter, isolateValue, isShown, toggleValue, type ValueFilter } from './filters'

/** Click hides or shows a value; Alt+click and double click isolate it. */
export function useValueFilter(id: string) {
  const { session } = useExplorer()
  const filter = useView((view) => asValueFilter(view.filters[session.fields.fullId(id)]))
  const beforeClick = useRef<ValueFilter | undefined>(undefined)

  function click(event: MouseEvent, value: string) {
    if (event.altKey) return session.setFilter(id, isolateValue(filter, value))
    // The second click of a double click isolates as if the first had not happened.
    if (event.detail === 2) return session.setFilter(id, isolateValue(beforeClick.current, value))
    beforeClick.current = filter
    session.setFilter(id, toggleValue(filter, value))
  }
  return {
    filter,
    click,
    isolate: (value: string) => session.setFilter(id, isolateValue(filter, value)),
    isShown: (value: string) => isShown(filter, value),
  }
}
