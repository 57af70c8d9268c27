/** What can be taken back: selections, and edits that the server undoes. */

export interface Step {
  /** As in "Undid: the selection". */
  name: string
  /** How much the step keeps in memory, in points. */
  size: number
  undo: () => void | Promise<void>
  /** Missing where it cannot be done again. */
  redo?: () => void | Promise<void>
}

const MOST_STEPS = 100
const MOST_POINTS = 20_000_000

export class History {
  private done: Step[] = []
  private undone: Step[] = []

  push(step: Step): void {
    this.undone = []
    this.done = [...this.done, step].slice(-MOST_STEPS)
    const total = () => this.done.reduce((sum, { size }) => sum + size, 0)
    while (this.done.length > 1 && total() > MOST_POINTS) this.done.shift()
  }

  /** Someone takes the step back by another way; false if that has happened. */
  forget(step: Step): boolean {
    const isThere = this.done.includes(step)
    this.done = this.done.filter((each) => each !== step)
    return isThere
  }

  /** The name of what was undone; null when there is nothing. A step that fails stays. */
  async undo(): Promise<string | null> {
    const step = this.done.at(-1)
    if (!step) return null
    this.forget(step)
    try {
      await step.undo()
    } catch (error) {
      this.done.push(step)
      throw error
    }
    if (step.redo) this.undone.push(step)
    else this.undone = []
    return step.name
  }

  async redo(): Promise<string | null> {
    const step = this.undone.at(-1)
    if (!step?.redo) return null
    await step.redo()
    this.undone = this.undone.filter((each) => each !== step)
    this.done.push(step)
    return step.name
  }
}
