import { type KeyboardEvent, type PointerEvent, useRef } from 'react'

import { snapped } from './histogram'
import css from './rail.module.css'

export type Range = readonly [number, number]

interface RangeBrushProps {
  name: string
  domain: Range
  range: Range
  /** What the ends snap to. */
  step: number
  /** Undefined when the whole domain is chosen again. */
  onChange: (range: Range | undefined) => void
}

/** What a drag moves: one of the ends, or a new range from where it began. */
type Grip = { fixed: number }

/** A range chosen over a histogram: drag to draw it, drag an end or use the arrow keys to move it. */
export function RangeBrush({ name, domain, range, step, onChange }: RangeBrushProps) {
  const area = useRef<HTMLDivElement>(null)
  const grip = useRef<Grip | null>(null)
  const frame = useRef(0)
  const [low, high] = domain
  const percent = (value: number) => Math.min(100, Math.max(0, (100 * (value - low)) / (high - low)))

  function valueAt(event: PointerEvent): number {
    const box = area.current!.getBoundingClientRect()
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
    return snapped(low + share * (high - low), step)
  }
  function choose(a: number, b: number) {
    const next: Range = [Math.max(low, Math.min(a, b)), Math.min(high, Math.max(a, b))]
    onChange(next[0] <= low && next[1] >= high ? undefined : next)
  }
  function press(event: PointerEvent, fixed: number) {
    event.stopPropagation()
    area.current!.setPointerCapture(event.pointerId)
    grip.current = { fixed }
  }
  function move(event: PointerEvent) {
    if (!grip.current) return
    const { fixed } = grip.current
    const value = valueAt(event)
    // A filter of a large map takes longer than the next move of the hand: one a frame is enough.
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => choose(fixed, value))
  }
  function release(event: PointerEvent) {
    if (grip.current && grip.current.fixed === valueAt(event)) onChange(undefined)
    grip.current = null
  }
  function nudge(event: KeyboardEvent, end: 0 | 1) {
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key]
    if (direction === undefined) return
    event.preventDefault()
    event.stopPropagation()
    choose(range[1 - end], snapped(range[end] + direction * step, step))
  }

  const handle = (end: 0 | 1) => (
    <div
      className={css.handle}
      style={{ left: `${percent(range[end])}%` }}
      role="slider"
      tabIndex={0}
      aria-label={`${name}, ${end === 0 ? 'from' : 'to'}`}
      aria-valuemin={low}
      aria-valuemax={high}
      aria-valuenow={range[end]}
      onPointerDown={(event) => press(event, range[1 - end])}
      onKeyDown={(event) => nudge(event, end)}
    />
  )
  return (
    <div
      ref={area}
      className={css.brush}
      onPointerDown={(event) => press(event, valueAt(event))}
      onPointerMove={move}
      onPointerUp={release}
      data-testid="range-brush"
    >
      <div
        className={css.range}
        style={{ left: `${percent(range[0])}%`, right: `${100 - percent(range[1])}%` }}
      />
      {handle(0)}
      {handle(1)}
    </div>
  )
}
