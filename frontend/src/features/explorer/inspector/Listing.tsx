import { ChevronDown } from 'lucide-react'

import { useBrief } from '../parts/useBrief'
import { useExplorer, useView } from '../state/context'
import { type ListOrder, listOrders } from '../state/listOrder'
import type { ThumbnailSize } from '../state/viewState'
import { Grid } from './Grid'
import css from './inspector.module.css'

const sizes: ThumbnailSize[] = ['S', 'M', 'L']

/** The datapoints behind the figures: thumbnails, or lines of text where the resources are texts. */
export function Listing({ points }: { points: Uint32Array }) {
  const { session } = useExplorer()
  const order = useView((view) => view.order)
  const size = useView((view) => view.thumbnailSize)
  if (points.length === 0) return null
  return (
    <>
      <div className={css.listHead}>
        <label className={css.sort}>
          Sort <b>{listOrders[order]}</b>
          <ChevronDown size={14} strokeWidth={1.5} aria-hidden="true" />
          <select
            value={order}
            aria-label="Sort by"
            onChange={(event) => session.view.setState({ order: event.target.value as ListOrder })}
          >
            {Object.entries(listOrders).map(([value, title]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <div className={css.sizes} role="group" aria-label="Size of the thumbnails">
          {sizes.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={size === each}
              onClick={() => session.view.setState({ thumbnailSize: each })}
            >
              {each}
            </button>
          ))}
        </div>
      </div>
      <GridOrLines points={points} />
    </>
  )
}

/** The first datapoint decides: a list of texts is read line by line. */
function GridOrLines({ points }: { points: Uint32Array }) {
  const kind = useBrief(points[0])?.resource?.kind
  const size = useView((view) => view.thumbnailSize)
  return <Grid key={kind} points={points} size={size} isText={kind === 'TEXT'} />
}
