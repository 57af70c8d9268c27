import type { Brief } from '../data/briefs'
import css from './parts.module.css'

/** The thumbnail of a datapoint, or the beginning of its text, or its key where it has neither. */
export function BriefPicture({ brief, size }: { brief: Brief | undefined; size: number }) {
  const style = { width: size, height: size }
  if (!brief) return <span className={css.waiting} style={style} />
  const { resource, thumbnailUrl } = brief
  if (thumbnailUrl) {
    return <img className={css.picture} style={style} src={thumbnailUrl} alt="" draggable={false} />
  }
  return (
    <span className={css.words} style={style}>
      {resource?.text || brief.key}
    </span>
  )
}
