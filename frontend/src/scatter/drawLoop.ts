/**
 * Draws on demand, at most once per animation frame. While the view moves, a large map draws a prefix of its
 * points; the full set follows once the view has been still for a moment.
 */

const MOVING_LIMIT = 200_000
const REST_MS = 120

export class DrawLoop {
  private request = 0
  private timer = 0
  private isMoving = false

  constructor(private readonly draw: (limit: number) => void) {}

  /** Something changed: draw soon. */
  schedule(): void {
    this.request ||= requestAnimationFrame(() => {
      this.request = 0
      this.draw(this.isMoving ? MOVING_LIMIT : Infinity)
    })
  }

  /** The view moved: draw soon, and completely when it rests. */
  move(): void {
    this.isMoving = true
    window.clearTimeout(this.timer)
    this.timer = window.setTimeout(() => {
      this.isMoving = false
      this.schedule()
    }, REST_MS)
    this.schedule()
  }

  stop(): void {
    cancelAnimationFrame(this.request)
    window.clearTimeout(this.timer)
  }
}
