import { type RefObject, useEffect, useState } from 'react'

const rowHeight = 49
const around = 30
const worthWindowing = 120

interface RowWindow {
  start: number
  end: number
  /** Heights in px of the rows left out. */
  above: number
  below: number
}

/** Which rows of a table are in or near sight of whatever scrolls it. Short tables are drawn whole. */
export function useRowWindow(body: RefObject<HTMLElement | null>, count: number): RowWindow {
  const isWindowed = count > worthWindowing
  const [{ start, end }, setRange] = useState({ start: 0, end: worthWindowing })

  useEffect(() => {
    if (!isWindowed || !body.current) return
    const element = body.current
    let frame = 0
    function look() {
      frame = 0
      const first = Math.floor(-element.getBoundingClientRect().top / rowHeight)
      const inSight = Math.ceil(window.innerHeight / rowHeight)
      // In steps, so that not every pixel of scrolling draws the table anew.
      const from = Math.max(0, Math.floor((first - around) / around) * around)
      setRange((old) => {
        const next = { start: from, end: from + inSight + 3 * around }
        return old.start === next.start && old.end === next.end ? old : next
      })
    }
    const lookSoon = () => (frame ||= requestAnimationFrame(look))
    look()
    document.addEventListener('scroll', lookSoon, { capture: true, passive: true })
    window.addEventListener('resize', lookSoon)
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('scroll', lookSoon, { capture: true })
      window.removeEventListener('resize', lookSoon)
    }
  }, [body, isWindowed, count])

  if (!isWindowed) return { start: 0, end: count, above: 0, below: 0 }
  const first = Math.min(start, Math.max(0, count - worthWindowing))
  const last = Math.min(count, end)
  return { start: first, end: last, above: first * rowHeight, below: (count - last) * rowHeight }
}
