import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'

import { useExplorer } from '../state/context'
import type { FieldValue, ValueField } from '../state/fields'
import { useCounts } from '../state/useCounts'
import { LegendRow } from './LegendRow'
import css from './map.module.css'

/** Categories, and within each its datasets as shades; either level can be hidden. */
export function DatasetLegend({ field, array }: { field: ValueField; array: 'label' | 'inference' }) {
  const { session, palettes } = useExplorer()
  const categories = session.valueField(array)!
  const { totals } = palettes.get(array)!
  const counts = useCounts(field)
  const categoryCounts = useCounts(categories)
  const present = categories.values.filter(({ code }) => totals[code] > 0)
  return (
    <div className={css.legendWide} data-testid="legend">
      {[...present.slice(1), ...present.slice(0, 1)].map((category) => (
        <CategoryBranch
          key={category.id}
          {...{ field, categories, category, counts }}
          count={categoryCounts[category.code]}
        />
      ))}
    </div>
  )
}

interface BranchProps {
  field: ValueField
  categories: ValueField
  category: FieldValue
  count: number
  counts: Uint32Array
}

function CategoryBranch({ field, categories, category, count, counts }: BranchProps) {
  const { session, palettes } = useExplorer()
  const [isOpen, setOpen] = useState(true)
  const { totals } = palettes.get(field.id)!
  const { datasets } = session.map
  const Chevron = isOpen ? ChevronDown : ChevronRight
  const first = category.code * datasets.length + 1
  return (
    <>
      <div className={css.branch}>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={`Datasets of ${category.name}`}
          onClick={() => setOpen(!isOpen)}
        >
          <Chevron size={12} strokeWidth={1.5} aria-hidden="true" />
        </button>
        <LegendRow field={categories} value={category} count={count} />
      </div>
      {isOpen &&
        datasets.map((dataset, k) => {
          const value = field.values[first + k]
          if (totals[value.code] === 0) return null
          return (
            <div key={dataset.id} className={css.leaf}>
              <LegendRow field={field} value={value} name={dataset.name} count={counts[value.code]} isRound />
            </div>
          )
        })}
    </>
  )
}
