import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'

import css from './rail.module.css'

interface RailSectionProps {
  title: string
  hint?: ReactNode
  children: ReactNode
}

export function RailSection({ title, hint, children }: RailSectionProps) {
  const [isOpen, setOpen] = useState(true)
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <section className={css.section} aria-label={title}>
      <button
        type="button"
        className={css.sectionHead}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Chevron size={14} strokeWidth={1.5} aria-hidden="true" />
        <h2>{title}</h2>
        <span>{hint}</span>
      </button>
      {isOpen && children}
    </section>
  )
}
