/** Lets something go from 0 to 1 in time: slow at both ends, and at once for those who want no motion. */

const MILLISECONDS = 1800

export class Glide {
  private request = 0

  constructor(private readonly show: (blend: number) => void) {}

  /** Plays from a place between 0 and 1; `done` once it has arrived. */
  play(from: number, done: () => void): void {
    this.stop()
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.show(1)
      return done()
    }
    let began: number | null = null
    const step = (now: number) => {
      began ??= now
      const time = Math.min(1, timeOf(from) + (now - began) / MILLISECONDS)
      this.show(blendAt(time))
      if (time < 1) this.request = requestAnimationFrame(step)
      else done()
    }
    this.request = requestAnimationFrame(step)
  }

  stop(): void {
    cancelAnimationFrame(this.request)
  }
}

/** How far along the way one is after a share of the time. */
export function blendAt(time: number): number {
  return time * time * (3 - 2 * time)
}

/** After which share of the time one is so far along the way: the other way round. */
export function timeOf(blend: number): number {
  return 0.5 - Math.sin(Math.asin(1 - 2 * blend) / 3)
}
