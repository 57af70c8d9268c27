import { formatCount } from '@/components/format'

import { Swatch } from '../parts/Swatch'
import { useExplorer } from '../state/context'
import css from './inspector.module.css'
import { type MixPart, OTHER_CODE } from './selectionSummary'

/** The labels of the selection as one bar; the legend beneath names and counts every part. */
export function MixBar({ mix, total }: { mix: readonly MixPart[]; total: number }) {
  const { session, palettes } = useExplorer()
  const { colours } = palettes.get('label')!
  const values = session.valueField('label')!.values
  const colourOf = (code: number) => (code === OTHER_CODE ? 'var(--chroma-colors-bar)' : colours[code])
  const nameOf = (code: number) => (code === OTHER_CODE ? 'Other' : (values[code]?.name ?? ''))
  return (
    <>
      <div className={css.mix} aria-hidden="true">
        {mix.map(({ code, count }) => (
          <span
            key={code}
            style={{
              width: `${(100 * count) / total}%`,
              background: code === 0 ? 'var(--chroma-colors-bar-ghost)' : colourOf(code),
            }}
          />
        ))}
      </div>
      <ul className={css.mixLegend} aria-label="Labels of the selection">
        {mix.map(({ code, count }) => (
          <li key={code}>
            <Swatch colour={colourOf(code)} isRing={code === 0} />
            <span>{nameOf(code)}</span> {formatCount(count)}
          </li>
        ))}
      </ul>
    </>
  )
}
