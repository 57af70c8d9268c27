import { formatCount } from '@/components/format'

import { Swatch } from '../parts/Swatch'
import rail from '../rail/rail.module.css'
import type { GrowthColours } from './colouring'
import css from './growth.module.css'
import type { Growth } from './readGrowth'

const MOST_ROWS = 24

/** Left of the growing map, where the filters will be: how much of it is shown, and what its colours mean. */
export function GrowthRail({ growth, colours }: { growth: Growth | null; colours: GrowthColours | null }) {
  const rows = growth ? (colours?.legend ?? []) : []
  const largest = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <aside className={rail.rail} aria-label="Points in the making">
      <div className={rail.head}>
        <span data-testid="growth-count">
          {growth ? (
            <>
              <strong>{formatCount(growth.row.length)}</strong> of {formatCount(growth.total)} points shown
            </>
          ) : (
            'No points yet'
          )}
        </span>
      </div>
      {rows.length > 0 && (
        <section className={rail.section} aria-label={colours?.title}>
          <div className={css.legendHead}>
            <h2>{colours?.title}</h2>
            <span className={rail.hint}>count</span>
          </div>
          {rows.slice(0, MOST_ROWS).map(({ name, colour, count, isNone }) => (
            <div key={name} className={css.legendRow}>
              <Swatch colour={colour} isRing={isNone} />
              <span className={rail.name}>{name}</span>
              <span className={rail.track}>
                <span style={{ width: `${(100 * count) / largest}%`, background: colour }} />
              </span>
              <span className={rail.count}>{formatCount(count)}</span>
            </div>
          ))}
        </section>
      )}
    </aside>
  )
}
