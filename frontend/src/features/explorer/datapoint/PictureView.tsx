import { useRef, useState } from 'react'

import { shownBoxes, worstFirst } from '../objects/boxes'
import { useBoxChoice } from '../objects/boxChoice'
import { BoxLayer } from '../objects/BoxLayer'
import { BoxList } from '../objects/BoxList'
import { BoxToggles } from '../objects/BoxToggles'
import { useBoxes } from '../objects/useBoxes'
import { useSize } from '../parts/useSize'
import css from './datapoint.module.css'
import { useHost } from './host'
import type { KnownDatapoint } from './known'

const SMALL_PICTURE = 128

/** The whole picture with the boxes of its objects; of an object, the picture that it lies in. */
export function PictureView({ known, src }: { known: KnownDatapoint; src: string }) {
  const host = useHost()
  const [loaded, setLoaded] = useState<{ width: number; height: number } | null>(null)
  const [hoveredId, setHoveredId] = useState<string | null>(null)
  const isObject = known.role === 'OBJECT'
  const imageId = isObject ? known.parent!.id : known.objectCount > 0 ? known.id : null
  const boxes = useBoxes(host.projectId, imageId)
  const choice = useBoxChoice()
  const ownId = isObject ? known.id : undefined
  const shown = boxes ? shownOrOwn(boxes, choice, ownId) : []
  const pointing = {
    boxes: shown,
    colourOf: host.colourOf,
    ownId,
    hoveredId,
    onHover: setHoveredId,
    onOpen: host.show,
  }
  return (
    <div className={css.picture}>
      <figure className={css.figure}>
        <Picture src={src} alt={`Picture of ${known.key}`} onLoaded={setLoaded} />
        {loaded && shown.length > 0 && <BoxLayer size={loaded} {...pointing} />}
      </figure>
      {isObject && (
        <div className={css.crop}>
          {known.thumbnailUrl && <img src={known.thumbnailUrl} alt={`${known.key}, cut out`} />}
          <button type="button" onClick={() => host.show(known.parent!.id)}>
            In <code>{known.parent!.key}</code>
          </button>
        </div>
      )}
      {boxes && boxes.length > 0 && (
        <>
          <BoxToggles boxes={boxes} />
          <BoxList {...pointing} boxes={worstFirst(shown)} />
        </>
      )}
    </div>
  )
}

/** The box that the view is about is drawn whatever is left out. */
function shownOrOwn(...[boxes, choice, ownId]: [...Parameters<typeof shownBoxes>, string | undefined]) {
  const shown = shownBoxes(boxes, choice)
  const own = boxes.find(({ id }) => id === ownId)
  return !own || shown.includes(own) ? shown : [...shown, own]
}

interface PictureProps {
  src: string
  alt: string
  onLoaded: (size: { width: number; height: number }) => void
}

/** Small pictures are enlarged pixel by pixel, and say by how much. */
function Picture({ src, alt, onLoaded }: PictureProps) {
  const image = useRef<HTMLImageElement>(null)
  const shown = useSize(image)
  const [pixels, setPixels] = useState<{ width: number; height: number } | null>(null)
  const isSmall = pixels !== null && Math.max(pixels.width, pixels.height) <= SMALL_PICTURE
  const times = pixels && Math.min(shown.width / pixels.width, shown.height / pixels.height)
  return (
    <>
      <img
        ref={image}
        src={src}
        alt={alt}
        draggable={false}
        style={{ imageRendering: isSmall ? 'pixelated' : 'auto' }}
        onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => {
          setPixels({ width, height })
          onLoaded({ width, height })
        }}
      />
      {pixels && (
        <figcaption>
          {pixels.width} × {pixels.height} px{times && times >= 1.5 ? `, ${Math.round(times)}×` : ''}
        </figcaption>
      )}
    </>
  )
}
