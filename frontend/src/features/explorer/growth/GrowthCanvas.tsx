import { useEffect, useRef } from 'react'

import { formatCount } from '@/components/format'
import type { ScatterTheme } from '@/scatter'
import { colours as tokens, type Theme } from '@/theme/tokens'
import { useTheme } from '@/theme/useTheme'

import map from '../map/map.module.css'
import { keepCamera } from '../state/rememberedCameras'
import type { GrowthColours } from './colouring'
import css from './growth.module.css'
import { GrowthPicture } from './growthPicture'
import type { Growth } from './readGrowth'

interface GrowthCanvasProps {
  mapId: string
  name: string
  growth: Growth | null
  colours: GrowthColours | null
}

/** Where the map will be: its points on their way, as soon as they have a place. */
export function GrowthCanvas({ mapId, name, growth, colours }: GrowthCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const picture = useRef<GrowthPicture | null>(null)
  const drawn = useRef<Growth | null>(null)
  const theme = useTheme((state) => state.theme)

  useEffect(() => {
    const made = new GrowthPicture(
      canvas.current!,
      scatterTheme(useTheme.getState().theme),
      (camera) => keepCamera(mapId, camera),
      wantsCalm,
    )
    picture.current = made
    drawn.current = null
    return () => {
      picture.current = null
      made.destroy()
    }
  }, [mapId])
  useEffect(() => picture.current?.setTheme(scatterTheme(theme)), [theme])
  useEffect(() => {
    if (!growth || !colours) return
    if (drawn.current === growth) picture.current?.recolour(colours)
    else picture.current?.show(growth, colours)
    drawn.current = growth
  }, [growth, colours])

  const count = growth?.row.length ?? 0
  return (
    <section className={map.pane} aria-label="Map in the making">
      <canvas
        ref={canvas}
        className={map.canvas}
        role="img"
        tabIndex={0}
        aria-label={
          growth
            ? `${name} in the making: ${formatCount(count)} of ${formatCount(growth.total)} points shown`
            : `${name} in the making: nothing to see yet`
        }
        data-testid="growth-canvas"
        data-number={growth?.number ?? 0}
      />
      {!growth && (
        <div className={css.nothing} data-testid="growth-nothing">
          <p>The first points appear here as soon as they have a place.</p>
        </div>
      )}
    </section>
  )
}

function scatterTheme(theme: Theme): ScatterTheme {
  return { plot: tokens.plot[theme], text: tokens.text[theme], noLabel: tokens.noLabel[theme] }
}

function wantsCalm(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches
}
