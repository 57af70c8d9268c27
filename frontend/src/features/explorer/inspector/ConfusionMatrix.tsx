import { formatCount, formatShortCount } from '@/components/format'
import { useTheme } from '@/theme/useTheme'

import { Swatch } from '../parts/Swatch'
import { useExplorer } from '../state/context'
import css from './inspector.module.css'
import { OTHER_CODE, type SelectionSummary } from './selectionSummary'

// Cells are some 34 px wide once there are more columns than this: four digits no longer fit.
const WIDE_COLUMNS = 4
const RED = { light: '214, 60, 44', dark: '255, 106, 90' }

/** Label by inference for the selection: what disagrees is red, what agrees is quiet. */
export function ConfusionMatrix({ summary }: { summary: SelectionSummary }) {
  const { confusion, agree, disagree, noLabel } = summary
  const { labels, inferences, cells, totals } = confusion
  const theme = useTheme((state) => state.theme)
  const worst = Math.max(
    1,
    ...cells.flatMap((row, r) => row.filter((_, c) => isDisagreement(labels[r], inferences[c]))),
  )
  const largest = Math.max(...totals)
  const inCell = inferences.length > WIDE_COLUMNS || largest >= 10_000 ? formatShortCount : formatCount
  const background = (label: number, inference: number, count: number) => {
    if (count === 0) return undefined
    if (!isDisagreement(label, inference)) return 'var(--chroma-colors-hover)'
    return `rgba(${RED[theme]}, ${0.14 + 0.5 * Math.min(1, count / worst)})`
  }

  return (
    <section className={css.block} aria-label="Label by inference">
      <div className={css.matrixHead}>
        <b>Label by inference</b>
        <span>
          {disagree > 0 && <em>{formatCount(disagree)} disagree</em>}
          {disagree > 0 && ' · '}
          {formatCount(agree)} agree{noLabel > 0 && ` · ${formatCount(noLabel)} no label`}
        </span>
      </div>
      <table className={css.matrix}>
        <thead>
          <tr>
            <th scope="col">Label</th>
            {inferences.map((code) => (
              <th key={code} scope="col">
                <CodeName code={code} />
              </th>
            ))}
            <th scope="col">Total</th>
          </tr>
        </thead>
        <tbody>
          {labels.map((label, r) => (
            <tr key={label}>
              <th scope="row">
                <CodeName code={label} />
              </th>
              {inferences.map((inference, c) => (
                <td key={inference}>
                  <span
                    style={{ background: background(label, inference, cells[r][c]) }}
                    title={formatCount(cells[r][c])}
                  >
                    {cells[r][c] > 0 ? inCell(cells[r][c]) : '·'}
                  </span>
                </td>
              ))}
              <td title={formatCount(totals[r])}>{inCell(totals[r])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function CodeName({ code }: { code: number }) {
  const { session, palettes } = useExplorer()
  if (code === OTHER_CODE) return <span className={css.codeName}>Other</span>
  if (code === 0) return <span className={css.codeName}>None</span>
  const { name } = session.valueField('label')!.values[code]
  return (
    <span className={css.codeName} title={name}>
      <Swatch colour={palettes.get('label')!.colours[code]} />
      <span>{name}</span>
    </span>
  )
}

/** "Other" against "Other" may hold both; it is not called a disagreement as a whole. */
function isDisagreement(label: number, inference: number): boolean {
  return label !== inference && label !== 0 && inference !== 0
}
