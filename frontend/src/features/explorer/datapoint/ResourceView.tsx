import css from './datapoint.module.css'
import type { KnownDatapoint } from './known'
import { PictureView } from './PictureView'

/** The thing itself: the picture with its boxes, the text, or the address that was logged. */
export function ResourceView({ known }: { known: KnownDatapoint }) {
  const { resource, key } = known
  if (!resource) return <p className={css.nothing}>Nothing but its vector was logged for this datapoint.</p>
  if (resource.kind === 'TEXT') return <TextView text={resource.text} />
  if (!resource.url || !resource.thumbnailUrl) {
    return (
      <div className={css.address}>
        <small>{resource.mediaType || (resource.kind === 'URI' ? 'Address' : 'File')}</small>
        {resource.url ? (
          <a href={resource.url} download>
            {resource.text || key}
          </a>
        ) : (
          <AddressText text={resource.text || key} />
        )}
        <p>It lies elsewhere or is no picture, so that only its address can be shown here.</p>
      </div>
    )
  }
  return <PictureView known={known} src={resource.url} />
}

const READABLE = 280

/** Short texts are set large, as one would read out a line; long ones as a page. */
function TextView({ text }: { text: string }) {
  return (
    <blockquote className={css.text} data-short={text.length <= READABLE || undefined} tabIndex={0}>
      {text}
    </blockquote>
  )
}

/** Only addresses that a browser may follow become links; the server never fetches them itself. */
function AddressText({ text }: { text: string }) {
  return /^https?:\/\//.test(text) ? (
    <a href={text} target="_blank" rel="noreferrer noopener">
      {text}
    </a>
  ) : (
    <code>{text}</code>
  )
}
