import { useRef } from 'react'

import { CategoryNames } from './CategoryNames'
import { ColourPanel } from './ColourPanel'
import { HoverCard } from './HoverCard'
import { LassoOutline } from './LassoOutline'
import css from './map.module.css'
import { MapNotice } from './MapNotice'
import { MapStatus } from './MapStatus'
import { VersionPanel } from '../versions/VersionPanel'
import { ToolCluster } from './ToolCluster'
import { useCanvasLabel } from './useCanvasLabel'
import { useEngine } from './useEngine'

/** The map edge to edge, with its floating controls. */
export function MapPane() {
  const canvas = useRef<HTMLCanvasElement>(null)
  const engine = useEngine(canvas)
  const label = useCanvasLabel()
  return (
    <section className={css.pane} aria-label="Map">
      <canvas
        ref={canvas}
        className={css.canvas}
        role="img"
        aria-label={label}
        tabIndex={0}
        data-testid="explorer-canvas"
      />
      {engine && (
        <>
          <CategoryNames engine={engine} />
          <LassoOutline engine={engine} />
          <MapNotice engine={engine} />
          <HoverCard engine={engine} />
          <VersionPanel />
        </>
      )}
      <ColourPanel />
      <ToolCluster />
      <MapStatus />
    </section>
  )
}
