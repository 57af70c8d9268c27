import { ChevronDown, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

import css from './rail.module.css'

interface RailSectionProps {
  title: string
  hint?: ReactNode
  isOpen: boolean
  isFiltered: boolean
  onToggle: () => void
  /** Small buttons of the head. */
  verbs?: ReactNode
  children: ReactNode
}

export function RailSection({
  title,
  hint,
  isOpen,
  isFiltered,
  onToggle,
  verbs,
  children,
}: RailSectionProps) {
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <section className={css.section} aria-label={title}>
      <div className={css.headRow}>
        <button type="button" className={css.sectionHead} aria-expanded={isOpen} onClick={onToggle}>
          <Chevron size={14} strokeWidth={1.5} aria-hidden="true" />
          <h2>
            {title}
            {isFiltered && <i className={css.dot} role="img" aria-label="filtered" />}
          </h2>
        </button>
        <span className={css.hint}>{hint}</span>
        {isOpen && verbs}
      </div>
      {isOpen && children}
    </section>
  )
}
