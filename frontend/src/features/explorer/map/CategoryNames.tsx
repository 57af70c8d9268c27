import { useEffect, useMemo, useRef } from 'react'

import type { ScatterEngine } from '@/scatter'

import { useExplorer, useView } from '../state/context'
import css from './map.module.css'
import { type PlacedName, placeNames } from './placeNames'

/** Category names over the map, for label and inference; the engine's camera moves them, not React. */
export function CategoryNames({ engine }: { engine: ScatterEngine }) {
  const { session, palettes } = useExplorer()
  const layer = useRef<HTMLDivElement>(null)
  const colourBy = useView((view) => view.colourBy)
  const shownVersion = useView((view) => view.shownVersion)
  const isOnTheWay = useView((view) => view.blend < 1)
  const { points, failing } = session
  const field = session.valueField(colourBy)
  const isNamed = colourBy === 'label' || session.fields.fullId(colourBy).startsWith('inference:')

  const names = useMemo(() => {
    void shownVersion // `failing` is changed in place; its version says when.
    if (!field || !isNamed) return []
    return placeNames({ points, codes: field.codes, failing, size: field.values.length, onlyAgreeing: true })
  }, [points, failing, field, isNamed, shownVersion])

  useEffect(() => {
    const move = () => layer.current && moveNames(layer.current, names, engine)
    move()
    return engine.on('camera', move)
  }, [engine, names])

  const isMajor = (code: number) => field && palettes.get(field.id)?.isNamed(code)
  return (
    <div ref={layer} className={css.overlay} hidden={isOnTheWay} aria-hidden="true">
      {names.map(({ code }) => (
        <span key={code} className={isMajor(code) ? css.name : css.minorName}>
          {field?.values[code]?.name}
        </span>
      ))}
    </div>
  )
}

/** Puts every name at its place; one that would cover a larger category's name steps back. */
function moveNames(layer: HTMLElement, names: readonly PlacedName[], engine: ScatterEngine): void {
  const taken: { x: number; y: number; halfWidth: number }[] = []
  names.forEach((name, k) => {
    const element = layer.children[k] as HTMLElement | undefined
    if (!element) return
    const { x, y } = engine.dataToScreen(name.x, name.y)
    const halfWidth = 4.5 * (element.textContent?.length ?? 0) + 4
    const isCovering = taken.some(
      (other) => Math.abs(other.x - x) < other.halfWidth + halfWidth && Math.abs(other.y - y) < 18,
    )
    element.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`
    element.style.visibility = isCovering ? 'hidden' : 'visible'
    if (!isCovering) taken.push({ x, y, halfWidth })
  })
}
