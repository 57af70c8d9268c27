import { useState } from 'react'

export const WIDTH = { initial: 360, min: 300, max: 560 }
const STORAGE_KEY = 'chroma.inspectorWidth'

/** The width that this browser's person likes, within the limits. */
export function useInspectorWidth(): [number, (width: number) => void] {
  const [width, setWidth] = useState(() => clamp(Number(localStorage.getItem(STORAGE_KEY)) || WIDTH.initial))
  function choose(next: number) {
    setWidth(clamp(next))
    localStorage.setItem(STORAGE_KEY, String(clamp(next)))
  }
  return [width, choose]
}

function clamp(width: number): number {
  return Math.min(WIDTH.max, Math.max(WIDTH.min, width))
}
