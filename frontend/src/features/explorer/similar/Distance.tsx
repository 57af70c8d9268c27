import { useView } from '../state/context'
import { distanceText } from './similar'
import css from './similar.module.css'

/** How far a datapoint is, while the list shows what is similar. */
export function Distance({ point }: { point: number }) {
  const distance = useView((view) => view.similar?.distances.get(point))
  return distance === undefined ? null : (
    <span className={css.distance} data-testid="distance">
      {distanceText(distance)}
    </span>
  )
}
