import { useEffect, useRef } from 'react'

import type { ScatterEngine } from '@/scatter'

import { useExplorer } from '../state/context'
import css from './map.module.css'

/** The line around what is being selected, and around what was: it moves with the map until the selection goes. */
export function LassoOutline({ engine }: { engine: ScatterEngine }) {
  const { session } = useExplorer()
  const path = useRef<SVGPathElement>(null)

  useEffect(() => {
    let world: Float32Array | null = null
    let version = 0
    const show = (polygon: Float32Array | null) =>
      path.current?.setAttribute('d', polygon ? pathOf(polygon) : '')
    const showWorld = () => show(world && toScreen(engine, world))
    const stops = [
      engine.on('lassoing', ({ polygon }) => (polygon ? show(polygon) : showWorld())),
      engine.on('lasso', ({ polygon, indices }) => {
        world = indices.length > 0 ? polygon : null
        version = session.view.getState().selectionVersion
        showWorld()
      }),
      engine.on('camera', showWorld),
      session.view.subscribe((view) => {
        // Whatever changes the selection after the lasso makes its line say something else.
        if (!world || view.selectionVersion === version) return
        world = null
        showWorld()
      }),
    ]
    return () => stops.forEach((stop) => stop())
  }, [engine, session])

  return (
    <svg className={css.overlay} aria-hidden="true">
      <path ref={path} className={css.lasso} />
    </svg>
  )
}

function toScreen(engine: ScatterEngine, world: Float32Array): Float32Array {
  const screen = new Float32Array(world.length)
  for (let i = 0; i < world.length; i += 2) {
    const { x, y } = engine.worldToScreen(world[i], world[i + 1])
    screen[i] = x
    screen[i + 1] = y
  }
  return screen
}

function pathOf(polygon: Float32Array): string {
  let path = ''
  for (let i = 0; i < polygon.length; i += 2) {
    path += `${i === 0 ? 'M' : 'L'}${polygon[i].toFixed(1)} ${polygon[i + 1].toFixed(1)}`
  }
  return `${path}Z`
}
