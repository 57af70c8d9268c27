import { memo, type PointerEvent as ReactPointerEvent, useMemo, useRef } from 'react'

import { useSize } from '../parts/useSize'
import { type Box, boxAt, describeBox } from './boxes'
import css from './objects.module.css'

/** Beyond this, only the box under the pointer carries its name. */
const MOST_NAMES = 24
const FONT_PX = 11

interface BoxLayerProps {
  boxes: readonly Box[]
  /** Of the image, in its own pixels. */
  size: { width: number; height: number }
  colourOf: (categoryId: string | undefined) => string
  /** The box this view is about. */
  ownId?: string
  hoveredId: string | null
  onHover: (id: string | null) => void
  onOpen: (id: string) => void
}

/** Boxes over a picture that is shown whole (`object-fit: contain`): the drawing scales just as it does. */
export function BoxLayer({ boxes, size, colourOf, ownId, hoveredId, onHover, onOpen }: BoxLayerProps) {
  const svg = useRef<SVGSVGElement>(null)
  const shown = useSize(svg)
  const scale = Math.min(shown.width / size.width, shown.height / size.height) || 1
  const inFront = useMemo(
    () =>
      boxes.filter(({ id }) => id === ownId || id === hoveredId).sort((a) => (a.id === hoveredId ? 1 : -1)),
    [boxes, ownId, hoveredId],
  )
  const isNamed = boxes.length <= MOST_NAMES

  function under(event: ReactPointerEvent): Box | null {
    const bounds = svg.current!.getBoundingClientRect()
    const left = bounds.left + (bounds.width - size.width * scale) / 2
    const top = bounds.top + (bounds.height - size.height * scale) / 2
    const x = (event.clientX - left) / (size.width * scale)
    return boxAt(boxes, x, (event.clientY - top) / (size.height * scale))
  }
  const drawing = { size, scale, colourOf }
  return (
    <svg
      ref={svg}
      className={css.layer}
      viewBox={`0 0 ${size.width} ${size.height}`}
      aria-hidden="true"
      data-testid="boxes"
      data-quiet={hoveredId !== null || ownId !== undefined || undefined}
      style={{ cursor: hoveredId ? 'pointer' : 'default' }}
      onPointerMove={(event) => onHover(under(event)?.id ?? null)}
      onPointerLeave={() => onHover(null)}
      onClick={() => hoveredId && onOpen(hoveredId)}
    >
      <Hatches scale={scale} />
      <AllBoxes boxes={boxes} isNamed={isNamed} {...drawing} />
      {inFront.map((box) => (
        <g key={box.id} className={css.front}>
          <BoxMark box={box} {...drawing} />
          <NameTag box={box} {...drawing} />
        </g>
      ))}
    </svg>
  )
}

interface Drawing {
  size: { width: number; height: number }
  /** Screen pixels for one pixel of the image. */
  scale: number
  colourOf: (categoryId: string | undefined) => string
}

/** Drawn once; what is hovered is drawn again above it, so that a thousand boxes stay still. */
const AllBoxes = memo(function AllBoxes({
  boxes,
  isNamed,
  ...drawing
}: Drawing & { boxes: readonly Box[]; isNamed: boolean }) {
  return (
    <g className={css.all}>
      {boxes.map((box) => (
        <BoxMark key={box.id} box={box} {...drawing} />
      ))}
      {isNamed && boxes.map((box) => <NameTag key={box.id} box={box} {...drawing} />)}
    </g>
  )
})

/** Ground truth is drawn through, inferences dashed; what was missed or is spurious is hatched too. */
function BoxMark({ box, size, colourOf }: Drawing & { box: Box }) {
  const [x, y, width, height] = box.region
  const hatch = hatchOf(box)
  const place = {
    x: x * size.width,
    y: y * size.height,
    width: width * size.width,
    height: height * size.height,
  }
  return (
    <>
      {hatch && <rect {...place} fill={hatch} stroke="none" />}
      <rect
        {...place}
        className={css.box}
        data-kind={box.kind}
        data-status={box.status ?? undefined}
        style={{ stroke: colourOf(box.categoryId), fill: colourOf(box.categoryId) }}
      />
    </>
  )
}

function NameTag({ box, size, scale, colourOf }: Drawing & { box: Box }) {
  const text = describeBox(box)
  const font = FONT_PX / scale
  const width = (text.length * 0.58 + 1.2) * font
  const height = 1.45 * font
  const left = Math.max(0, Math.min(box.region[0] * size.width, size.width - width))
  const above = box.region[1] * size.height - height
  return (
    <g className={css.name} transform={`translate(${left} ${Math.max(0, above)})`}>
      <rect width={width} height={height} rx={2 / scale} />
      <rect width={3 / scale} height={height} style={{ fill: colourOf(box.categoryId) }} />
      <text x={0.6 * font} y={1.08 * font} style={{ fontSize: font }}>
        {text}
      </text>
    </g>
  )
}

const MISSED = 'missed-boxes'
const SPURIOUS = 'spurious-boxes'

function hatchOf({ status }: Box): string | null {
  if (status === 'missed') return `url(#${MISSED})`
  return status === 'spurious' ? `url(#${SPURIOUS})` : null
}

function Hatches({ scale }: { scale: number }) {
  const step = 7 / scale
  const line = { stroke: 'var(--chroma-colors-wrong-mark)', strokeWidth: 1.2 / scale }
  return (
    <defs>
      <pattern
        id={MISSED}
        width={step}
        height={step}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <line x1={0} y1={0} x2={0} y2={step} {...line} />
      </pattern>
      <pattern id={SPURIOUS} width={step} height={step} patternUnits="userSpaceOnUse">
        <circle cx={step / 2} cy={step / 2} r={1.1 / scale} fill={line.stroke} />
      </pattern>
    </defs>
  )
}
