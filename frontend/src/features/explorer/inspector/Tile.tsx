import { AGREEMENT } from '../data/points'
import { BoxesOnThumbnail } from '../objects/BoxesOnThumbnail'
import { BriefPicture } from '../parts/BriefPicture'
import { Swatch } from '../parts/Swatch'
import { useBrief } from '../parts/useBrief'
import { Distance } from '../similar/Distance'
import { useExplorer } from '../state/context'
import { type CardProps, CardFrame, nameOfCard, useCard } from './CardFrame'
import { PairOfNames } from './PairOfNames'
import css from './tiles.module.css'

/** A thumbnail with an edge in the colour of its label, and a corner mark when the inference disagrees. */
export function Tile({ point, place, layout, isTabStop }: CardProps) {
  const { session, palettes } = useExplorer()
  const brief = useBrief(point)
  const card = useCard(point, place, isTabStop)
  const label = session.points.label[point]
  const isWrong = session.points.agreement[point] === AGREEMENT.disagree
  const colour = palettes.get('label')!.colours[label]
  return (
    <CardFrame point={point} width={layout.tile}>
      <button
        type="button"
        {...card}
        className={css.tile}
        style={{ width: layout.tile, height: layout.tile }}
        aria-label={nameOfCard(session, point, brief?.key)}
        title={brief?.key}
      >
        <BriefPicture brief={brief} size={layout.tile} />
        <BoxesOnThumbnail point={point} size={layout.tile} />
        {label === 0 ? (
          <span className={css.unlabelled}>
            <Swatch colour={colour} isRing />
          </span>
        ) : (
          <span className={css.edge} style={{ background: colour }} />
        )}
        {isWrong && <span className={css.wrong} />}
        <Distance point={point} />
      </button>
      {layout.hasCaption && <PairOfNames point={point} />}
    </CardFrame>
  )
}
