import { type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'

export const topBarSlots = { content: 'top-bar-content', status: 'top-bar-status' } as const

interface TopBarSlotProps {
  /** `content` is the left and centre of the bar, `status` the place before the account buttons. */
  name?: keyof typeof topBarSlots
  children: ReactNode
}

/** Puts what a page wants to show in the top bar there. */
export function TopBarSlot({ name = 'content', children }: TopBarSlotProps) {
  const [target, setTarget] = useState<HTMLElement | null>(null)
  // The bar is drawn by the same commit as the page, so its element is looked up after it.
  useEffect(() => {
    const frame = requestAnimationFrame(() => setTarget(document.getElementById(topBarSlots[name])))
    return () => cancelAnimationFrame(frame)
  }, [name])
  return target && createPortal(children, target)
}
