import { type Camera, createScatter, type ScatterEngine, type ScatterTheme } from '@/scatter'

import type { GrowthColours } from './colouring'
import { onTheWay, originsOf, type Places, toUnit } from './motion'
import type { Growth } from './readGrowth'

/** Milliseconds on the way from one layout to the next: about as long as they are apart, so that nothing stands still. */
const SHORTEST_WAY = 200
const LONGEST_WAY = 900

type Shown = Pick<Growth, 'source' | 'row'>

/** Draws a growing map on a canvas: every point glides from where it is to where the newest layout has it. */
export class GrowthPicture {
  private readonly engine: ScatterEngine
  private shown: Shown | null = null
  private colours: GrowthColours | null = null
  private from: Places = { x: new Float32Array(0), y: new Float32Array(0) }
  private to: Places = this.from
  private begunAt = 0
  private way = 0
  private request = 0

  constructor(
    canvas: HTMLCanvasElement,
    theme: ScatterTheme,
    /** Told where people look, null for the whole map. */
    onCamera: (camera: Camera | null) => void,
    private readonly isCalm: () => boolean,
  ) {
    this.engine = createScatter(canvas, { theme })
    this.engine.on('camera', ({ camera, isFitted }) => onCamera(isFitted ? null : camera))
  }

  setTheme(theme: ScatterTheme): void {
    this.engine.setTheme(theme)
  }

  show(growth: Growth, colours: GrowthColours): void {
    const now = performance.now()
    const target = toUnit(growth)
    const { shown } = this
    this.from = shown ? originsOf({ ...shown, ...this.places(now) }, growth) : target
    this.to = target
    this.way = shown && !this.isCalm() ? Math.min(LONGEST_WAY, Math.max(SHORTEST_WAY, now - this.begunAt)) : 0
    this.begunAt = now
    this.shown = growth
    this.colours = colours
    this.draw(now)
  }

  recolour(colours: GrowthColours): void {
    this.colours = colours
    this.draw(performance.now())
  }

  destroy(): void {
    cancelAnimationFrame(this.request)
    this.engine.destroy()
  }

  private places(now: number): Places {
    const share = this.way > 0 ? Math.min(1, (now - this.begunAt) / this.way) : 1
    return share === 1 ? this.to : onTheWay(this.from, this.to, share)
  }

  private draw(now: number): void {
    if (!this.colours) return
    cancelAnimationFrame(this.request)
    const { x, y } = this.places(now)
    this.engine.setPositions(x, y)
    this.engine.setCategory(this.colours.slots, this.colours.palette)
    this.engine.setState(this.colours.states)
    if (now - this.begunAt < this.way) this.request = requestAnimationFrame((next) => this.draw(next))
  }
}
