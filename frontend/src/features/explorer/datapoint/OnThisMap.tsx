import { useEffect, useMemo } from 'react'

import { useExplorer, useView } from '../state/context'
import { formatNumber } from '../state/numberText'
import css from './facts.module.css'
import { FactTable } from './Facts'
import { pointOf } from './steps'

const directions = { LOW_IS_BAD: 'low is bad', HIGH_IS_BAD: 'high is bad', NEUTRAL: '' } as const

/** What the map knows of a datapoint beside its place, such as how far that can be trusted. */
export function OnThisMap({ datapointId }: { datapointId: string }) {
  const { session } = useExplorer()
  const version = useView((view) => view.pointsVersion)
  const infos = useMemo(() => session.catalogue.filter(({ group }) => group === 'map'), [session])
  useEffect(() => {
    for (const { id } of infos) session.want(id).catch(() => undefined)
  }, [session, infos, version])
  const point = useMemo(() => pointOf(session, datapointId), [session, datapointId])
  const facts = infos.flatMap(({ id, title, description, direction }) => {
    const field = session.field(id)
    const value = field?.kind === 'numbers' && point >= 0 ? field.numbers[point] : NaN
    if (Number.isNaN(value)) return []
    const word = directions[direction ?? 'NEUTRAL']
    const shown = (
      <>
        {formatNumber(value)}
        {word && <span className={css.direction}>{word}</span>}
      </>
    )
    return [{ id, name: title, hint: description, value: shown }]
  })
  return <FactTable title="On this map" facts={facts} />
}
