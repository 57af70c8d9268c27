import { ArrowRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import type { ScatterEngine } from '@/scatter'

import { BriefPicture } from '../parts/BriefPicture'
import { useBrief } from '../parts/useBrief'
import { Swatch } from '../parts/Swatch'
import { useExplorer } from '../state/context'
import { AGREEMENT } from '../data/points'
import { AgreementWord } from '../parts/AgreementWord'
import css from './map.module.css'

const DELAY_MS = 60
const OFFSET = 16
const CARD = { width: 212, height: 150 }

interface Place {
  point: number
  left: number
  top: number
}

/** What lies under the pointer, after a moment, beside it and never beneath it. */
export function HoverCard({ engine }: { engine: ScatterEngine }) {
  const place = useHoverPlace(engine)
  if (!place) return null
  return (
    <div className={css.hoverCard} style={{ left: place.left, top: place.top }} data-testid="hover-card">
      <CardContent point={place.point} />
    </div>
  )
}

function CardContent({ point }: { point: number }) {
  const { session, palettes } = useExplorer()
  const brief = useBrief(point)
  const { points, map } = session
  const label = session.valueField('label')!.values[points.label[point]]
  const inference = session.valueField('inference')?.values[points.inference[point]]
  const colours = palettes.get('label')!.colours
  const confidence = points.confidence[point]
  const text = brief?.thumbnailUrl ? '' : brief?.resource?.text
  return (
    <>
      {text && <p className={css.hoverText}>{text}</p>}
      <div className={css.hoverTop}>
        {!text && <BriefPicture brief={brief} size={64} />}
        <div className={css.hoverFacts}>
          <div className={css.verdict}>
            <Swatch colour={colours[label.code]} isRing={label.code === 0} />
            <strong>{label.name}</strong>
            {inference && points.inference[point] > 0 && (
              <>
                <ArrowRight size={14} strokeWidth={1.5} aria-label="inferred as" />
                <Swatch colour={colours[inference.code]} />
                <strong>{inference.name}</strong>
              </>
            )}
          </div>
          {points.agreement[point] !== AGREEMENT.noLabel && (
            <AgreementWord agreement={points.agreement[point]} />
          )}
          {!Number.isNaN(confidence) && (
            <div className={css.confidence}>
              <span className={css.track}>
                <span
                  style={{ width: `${100 * confidence}%`, background: colours[points.inference[point]] }}
                />
              </span>
              {confidence.toFixed(2)}
            </div>
          )}
        </div>
      </div>
      <div className={css.hoverFoot}>
        <code>{brief?.key ?? '…'}</code>
        <span>{map.datasets[points.dataset[point] - 1].name}</span>
      </div>
    </>
  )
}

function useHoverPlace(engine: ScatterEngine): Place | null {
  const [place, setPlace] = useState<Place | null>(null)
  const timer = useRef(0)
  useEffect(() => {
    const hide = () => {
      window.clearTimeout(timer.current)
      setPlace(null)
    }
    let current: number | null = null
    const stops = [
      engine.on('hover', ({ index, x, y }) => {
        if (index === current && index !== null) return
        current = index
        hide()
        if (index === null) return
        timer.current = window.setTimeout(() => setPlace(placeBeside(index, x, y, engine)), DELAY_MS)
      }),
      engine.on('camera', hide),
      engine.on('lassoing', hide),
    ]
    return () => {
      window.clearTimeout(timer.current)
      stops.forEach((stop) => stop())
    }
  }, [engine])
  return place
}

function placeBeside(point: number, x: number, y: number, engine: ScatterEngine): Place {
  const { width, height } = engine.getSize()
  const left = x + OFFSET + CARD.width > width ? x - OFFSET - CARD.width : x + OFFSET
  const top = y + OFFSET + CARD.height > height ? y - OFFSET - CARD.height : y + OFFSET
  return { point, left: Math.max(8, left), top: Math.max(8, top) }
}
