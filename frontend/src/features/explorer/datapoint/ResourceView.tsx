import { useState } from 'react'

import css from './datapoint.module.css'
import type { KnownDatapoint } from './DatapointTab'

const SMALL_PICTURE = 128

/** The thing itself: the picture, the text, or the address that was logged. */
export function ResourceView({ known: { resource, key } }: { known: KnownDatapoint }) {
  const [pixels, setPixels] = useState<{ width: number; height: number } | null>(null)
  if (!resource) return <p className={css.hint}>Nothing but its vector was logged for this datapoint.</p>
  if (resource.kind === 'TEXT') return <blockquote className={css.text}>{resource.text}</blockquote>
  if (!resource.url || !resource.thumbnailUrl) {
    return (
      <p className={css.text}>
        {resource.url ? (
          <a href={resource.url} download>
            {resource.text || key}
          </a>
        ) : (
          <code>{resource.text || key}</code>
        )}
        <small> {resource.mediaType || 'not a picture that can be shown here'}</small>
      </p>
    )
  }
  const isSmall = pixels !== null && Math.max(pixels.width, pixels.height) <= SMALL_PICTURE
  return (
    <figure className={css.figure}>
      <img
        src={resource.url}
        alt={`Picture of ${key}`}
        style={{ imageRendering: isSmall ? 'pixelated' : 'auto' }}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
          setPixels({ width: naturalWidth, height: naturalHeight })
        }
      />
      {pixels && (
        <figcaption>
          {pixels.width} × {pixels.height} px
        </figcaption>
      )}
    </figure>
  )
}
