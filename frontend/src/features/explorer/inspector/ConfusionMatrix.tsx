import type { MouseEvent } from 'react'

import { formatCount, formatShortCount } from '@/components/format'
import { useTheme } from '@/theme/useTheme'

import { Swatch } from '../parts/Swatch'
import { useExplorer } from '../state/context'
import { pointsShown } from '../state/membership'
import { modeOf } from '../state/selectMode'
import css from './inspector.module.css'
import { OTHER_CODE, pointsInCell, type SelectionSummary } from './selectionSummary'

// Cells are some 34 px wide once there are more columns than this: four digits no longer fit.
const WIDE_COLUMNS = 4
const RED = { light: '214, 60, 44', dark: '255, 106, 90' }

interface ConfusionMatrixProps {
  summary: SelectionSummary
  /** Those that the figures count. */
  points: Uint32Array
}

/**
 * Label by inference: what disagrees is red, what agrees is quiet. A cell selects its datapoints; Shift adds all that
 * are shown, Alt keeps those that were selected too, Ctrl or ⌘ takes them away.
 */
export function ConfusionMatrix({ summary, points }: ConfusionMatrixProps) {
  const { session } = useExplorer()
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

  const values = session.valueField('label')!.values
  const nameOf = (code: number) => (code === OTHER_CODE ? 'other' : code === 0 ? 'none' : values[code].name)
  function select(label: number, inference: number | null, event: MouseEvent) {
    const mode = modeOf(event)
    // What is added comes from all that is shown: those listed here are selected already.
    const among = mode === 'add' ? pointsShown(session.failing) : points
    session.select(pointsInCell(session.points, among, confusion.named, label, inference), mode)
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
                  <Cell
                    count={cells[r][c]}
                    text={inCell(cells[r][c])}
                    name={`Label ${nameOf(label)}, inference ${nameOf(inference)}`}
                    background={background(label, inference, cells[r][c])}
                    onSelect={(event) => select(label, inference, event)}
                  />
                </td>
              ))}
              <td>
                <Cell
                  count={totals[r]}
                  text={inCell(totals[r])}
                  name={`Label ${nameOf(label)}`}
                  onSelect={(event) => select(label, null, event)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface CellProps {
  count: number
  text: string
  name: string
  background?: string
  onSelect: (event: MouseEvent) => void
}

function Cell({ count, text, name, background, onSelect }: CellProps) {
  if (count === 0) return <span className={css.emptyCell}>·</span>
  return (
    <button
      type="button"
      style={{ background }}
      title={`${name}: ${formatCount(count)}. Click to select; Shift adds, Alt intersects, Ctrl or ⌘ takes away`}
      aria-label={`Select ${name}, ${formatCount(count)}`}
      onClick={onSelect}
    >
      {text}
    </button>
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
