import { AGREEMENT } from '../data/points'
import { useBrief } from '../parts/useBrief'
import { Distance } from '../similar/Distance'
import { useExplorer } from '../state/context'
import { type CardProps, CardFrame, nameOfCard, useCard } from './CardFrame'
import { PairOfNames } from './PairOfNames'
import css from './tiles.module.css'

/** A text, or an address, with its label and inference. */
export function TextLine({ point, place, layout, isTabStop }: CardProps) {
  const { session } = useExplorer()
  const brief = useBrief(point)
  const card = useCard(point, place, isTabStop)
  const text = brief?.resource?.text || brief?.key
  const isWrong = session.points.agreement[point] === AGREEMENT.disagree
  return (
    <CardFrame point={point}>
      <button
        type="button"
        {...card}
        className={css.line}
        style={{ height: layout.tile }}
        aria-label={nameOfCard(session, point, text)}
      >
        <span className={css.text}>{text}</span>
        <PairOfNames point={point} />
        {isWrong && <span className={css.wrong} />}
        <Distance point={point} />
      </button>
    </CardFrame>
  )
}
