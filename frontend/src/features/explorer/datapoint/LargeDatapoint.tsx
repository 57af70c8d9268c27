import { useEffect, useRef } from 'react'

import { useView } from '../state/context'
import css from './datapoint.module.css'
import { InFront } from './InFront'

/** Large, over the map and beside the list, which stays usable: no scrim, and the arrows go through the list. */
export function LargeDatapoint() {
  const isLarge = useView((view) => view.isLarge && view.opened !== null)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    // Whoever opened it by a key reads on from here; a click in the list keeps its place there.
    if (isLarge && document.activeElement === document.body) panel.current?.focus()
  }, [isLarge])
  if (!isLarge) return null
  return (
    <section
      ref={panel}
      className={css.large}
      role="dialog"
      aria-label="Datapoint"
      tabIndex={-1}
      data-testid="large-datapoint"
    >
      <InFront layout="large" />
    </section>
  )
}
