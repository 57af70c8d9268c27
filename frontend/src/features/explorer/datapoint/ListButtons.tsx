import { ChevronLeft, ChevronRight, Maximize2, Minimize2, ScanSearch, X } from 'lucide-react'
import type { ReactNode } from 'react'

import { formatCount } from '@/components/format'

import { findSimilarToChosen } from '../similar/findSimilar'
import { useExplorer, useView } from '../state/context'
import css from './head.module.css'
import { closeLarge, openLarge, stepBy } from './steps'

/** Where the datapoint stands in the list, the ways to its neighbours there, and how large it is shown. */
export function ListButtons({ point, layout }: { point: number; layout: 'docked' | 'large' }) {
  const { session } = useExplorer()
  const selected = useView((view) => view.selectedCount)
  const listing = useView((view) => view.listing)
  const place = listing.indexOf(point)
  const where = selected > 1 ? 'in the selection' : 'shown'
  return (
    <>
      <span className={css.place}>
        {place < 0 ? `Not ${where}` : `${formatCount(place + 1)} of ${formatCount(listing.length)} ${where}`}
      </span>
      <IconButton
        name="Previous datapoint"
        hint="Previous (←)"
        testId="previous-datapoint"
        isDisabled={place <= 0}
        onClick={() => stepBy(session, -1)}
      >
        <ChevronLeft />
      </IconButton>
      <IconButton
        name="Next datapoint"
        hint="Next (→)"
        testId="next-datapoint"
        isDisabled={place < 0 || place === listing.length - 1}
        onClick={() => stepBy(session, 1)}
      >
        <ChevronRight />
      </IconButton>
      <IconButton
        name="Find similar"
        hint="Find similar (M)"
        testId="find-similar-to-datapoint"
        onClick={() => findSimilarToChosen(session)}
      >
        <ScanSearch />
      </IconButton>
      {layout === 'docked' ? (
        <IconButton name="Show large" hint="Large (Enter)" onClick={() => openLarge(session)}>
          <Maximize2 />
        </IconButton>
      ) : (
        <>
          <IconButton name="Show beside the map" hint="Beside the map" onClick={() => closeLarge(session)}>
            <Minimize2 />
          </IconButton>
          <IconButton
            name="Close"
            hint="Close (Esc)"
            onClick={() => session.view.setState({ isLarge: false, visiting: null })}
          >
            <X />
          </IconButton>
        </>
      )}
    </>
  )
}

interface IconButtonProps {
  name: string
  hint: string
  testId?: string
  isDisabled?: boolean
  onClick: () => void
  children: ReactNode
}

function IconButton({ name, hint, testId, isDisabled, onClick, children }: IconButtonProps) {
  return (
    <button
      type="button"
      className={css.icon}
      aria-label={name}
      title={hint}
      disabled={isDisabled}
      onClick={onClick}
      data-testid={testId}
    >
      {children}
    </button>
  )
}
