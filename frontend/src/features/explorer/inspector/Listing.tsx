import { useBrief } from '../parts/useBrief'
import { useExplorer, useView } from '../state/context'
import type { ThumbnailSize } from '../state/viewState'
import { Grid } from './Grid'
import css from './inspector.module.css'
import { SortChoice } from './SortChoice'

const sizes: ThumbnailSize[] = ['S', 'M', 'L']

/** The datapoints behind the figures: thumbnails, or lines of text where the resources are texts. */
export function Listing({ points }: { points: Uint32Array }) {
  const { session } = useExplorer()
  const size = useView((view) => view.thumbnailSize)
  if (points.length === 0) return null
  return (
    <>
      <div className={css.listHead}>
        <SortChoice />
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
