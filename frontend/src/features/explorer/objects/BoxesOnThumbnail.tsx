import { useEffect, useRef } from 'react'

import { useCategoryColour } from '../parts/useCategoryColour'
import { useBrief } from '../parts/useBrief'
import { useExplorer, useView } from '../state/context'
import { useBoxChoice } from './boxChoice'
import type { BoxChoice } from './boxes'
import { type Drawn, hasObjects, readDrawn } from './objectColumns'
import css from './objects.module.css'

/** On smaller thumbnails boxes would cover what they are about. */
const LEAST_SIZE = 64

interface BoxesOnThumbnailProps {
  point: number
  /** Side of the square in which the whole picture is shown. */
  size: number
}

/** The boxes of an image's objects over its thumbnail, in the colours of their categories. */
export function BoxesOnThumbnail({ point, size }: BoxesOnThumbnailProps) {
  const { session } = useExplorer()
  const areShown = useView((view) => view.areBoxesShown)
  const brief = useBrief(point)
  if (
    size < LEAST_SIZE ||
    !areShown ||
    !hasObjects(session) ||
    brief?.role !== 'CONTEXT' ||
    !brief.thumbnailUrl
  )
    return null
  return <Drawing point={point} size={size} />
}

/** A canvas, not elements: a screen of thumbnails may have ten thousand boxes. */
function Drawing({ point, size }: BoxesOnThumbnailProps) {
  const { session } = useExplorer()
  const colourOf = useCategoryColour()
  const canvas = useRef<HTMLCanvasElement>(null)
  const choice = useBoxChoice()
  const version = useView((view) => view.pointsVersion)
  useEffect(() => {
    let isWanted = true
    const draw = async () => {
      const dataset = session.points.dataset[point]
      const drawn = await readDrawn(session, dataset)
      const picture = canvas.current?.parentElement?.querySelector('img')
      if (!isWanted || !canvas.current || !picture) return
      await picture.decode().catch(() => undefined)
      if (!isWanted || !canvas.current) return
      const row = session.points.row[point]
      paintBoxes(canvas.current, { size, picture, drawn, row, choice, colourOf })
    }
    void draw().catch(() => undefined)
    return () => {
      isWanted = false
    }
  }, [session, colourOf, point, size, choice, version])
  return <canvas ref={canvas} className={css.onThumbnail} aria-hidden="true" />
}

interface Painting {
  size: number
  picture: HTMLImageElement
  drawn: Drawn
  row: number
  choice: BoxChoice
  colourOf: (categoryId: number | undefined) => string
}

function paintBoxes(target: HTMLCanvasElement, { size, picture, drawn, row, choice, colourOf }: Painting) {
  const { index, regions, labels, inferences, sources } = drawn
  const { naturalWidth, naturalHeight } = picture
  const density = Math.min(2, window.devicePixelRatio)
  target.width = target.height = size * density
  const scale = (size * density) / Math.max(naturalWidth, naturalHeight)
  const [width, height] = [naturalWidth * scale, naturalHeight * scale]
  const [left, top] = [(target.width - width) / 2, (target.height - height) / 2]
  const context = target.getContext('2d')!
  context.lineWidth = density
  for (const object of index.objectsIn(row)) {
    const isLabel = sources.value[object] === 'ground_truth'
    if (!(isLabel ? choice.labels : choice.inferences)) continue
    const categories = isLabel ? labels : inferences
    const [x, y, across, down] = regions.value[object]
    context.strokeStyle = colourOf(categories?.present[object] ? categories.value[object] : undefined)
    context.setLineDash(isLabel ? [] : [3 * density, 2 * density])
    context.strokeRect(left + x * width, top + y * height, across * width, down * height)
  }
}
