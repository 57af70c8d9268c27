import { ArrowRight } from 'lucide-react'

import { AGREEMENT } from '../data/points'
import { BriefPicture } from '../parts/BriefPicture'
import { Swatch } from '../parts/Swatch'
import { useBrief } from '../parts/useBrief'
import { useExplorer, useView } from '../state/context'
import css from './tiles.module.css'

interface CellProps {
  point: number
  size: number
  /** Place in the list. */
  place: number
  isTabStop: boolean
}

/** A thumbnail with an edge in the colour of its label, and a corner mark when the inference disagrees. */
export function Tile({ point, size, place, isTabStop }: CellProps) {
  const { session, palettes } = useExplorer()
  const brief = useBrief(point)
  const cell = useCell(point, place, isTabStop)
  const label = session.points.label[point]
  const isWrong = session.points.agreement[point] === AGREEMENT.disagree
  return (
    <button
      type="button"
      {...cell}
      className={css.tile}
      style={{ width: size, height: size }}
      aria-label={describe(brief?.key, session.valueField('label')!.values[label].name, isWrong)}
    >
      <BriefPicture brief={brief} size={size} />
      <span className={css.edge} style={{ background: palettes.get('label')!.colours[label] }} />
      {isWrong && <span className={css.wrong} />}
    </button>
  )
}

/** A text with its label and inference. */
export function TextLine({ point, size, place, isTabStop }: CellProps) {
  const { session, palettes } = useExplorer()
  const brief = useBrief(point)
  const cell = useCell(point, place, isTabStop)
  const { points } = session
  const values = session.valueField('label')!.values
  const colours = palettes.get('label')!.colours
  const [label, inference] = [points.label[point], points.inference[point]]
  const isWrong = points.agreement[point] === AGREEMENT.disagree
  return (
    <button
      type="button"
      {...cell}
      className={css.line}
      style={{ height: size }}
      aria-label={describe(brief?.resource?.text ?? brief?.key, values[label].name, isWrong)}
    >
      <span className={css.text}>{brief?.resource?.text || brief?.key}</span>
      <span className={css.lineFoot}>
        <Swatch colour={colours[label]} isRing={label === 0} />
        {values[label].name}
        {isWrong && (
          <>
            <ArrowRight size={12} strokeWidth={1.5} aria-hidden="true" />
            <Swatch colour={colours[inference]} />
            <em>{values[inference].name}</em>
          </>
        )}
      </span>
      {isWrong && <span className={css.wrong} />}
    </button>
  )
}

function useCell(point: number, place: number, isTabStop: boolean) {
  const { session } = useExplorer()
  const isHovered = useView((view) => view.hovered === point)
  const isOpened = useView((view) => view.opened === point)
  return {
    role: 'gridcell',
    tabIndex: isTabStop ? 0 : -1,
    'data-place': place,
    'data-active': isHovered || isOpened || undefined,
    onPointerEnter: () => session.view.setState({ hovered: point }),
    onClick: () => session.open(point),
  }
}

function describe(name: string | undefined, label: string, isWrong: boolean): string {
  return `${name ?? 'Datapoint'}, ${label}${isWrong ? ', inference disagrees' : ''}`
}
