import { ArrowRight } from 'lucide-react'

import { AGREEMENT } from '../data/points'
import { Swatch } from '../parts/Swatch'
import { useExplorer } from '../state/context'
import css from './tiles.module.css'

/** Label, and the inference where it says something else. */
export function PairOfNames({ point }: { point: number }) {
  const { session, palettes } = useExplorer()
  const { points } = session
  const { values } = session.valueField('label')!
  const { colours } = palettes.get('label')!
  const [label, inference] = [points.label[point], points.inference[point]]
  const isWrong = points.agreement[point] === AGREEMENT.disagree
  const isInferred = inference > 0 && (isWrong || label === 0)
  const title = `${values[label].name}${isInferred ? `, inferred ${values[inference].name}` : ''}`
  return (
    <span className={css.names} title={title}>
      <Swatch colour={colours[label]} isRing={label === 0} />
      {(label > 0 || !isInferred) && <span>{values[label].name}</span>}
      {isInferred && (
        <>
          <ArrowRight size={11} strokeWidth={1.5} aria-label="inferred as" />
          <Swatch colour={colours[inference]} />
          <em data-wrong={isWrong || undefined}>{values[inference].name}</em>
        </>
      )}
    </span>
  )
}
