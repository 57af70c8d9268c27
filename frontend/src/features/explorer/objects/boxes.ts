/** Boxes of objects on their image: which are shown, and which one lies under the pointer. */

/** x, y, width, height, each 0 … 1 of the image. */
export type Region = readonly [number, number, number, number]
export type BoxStatus = 'matched' | 'missed' | 'spurious'

export interface Box {
  /** Of the object's datapoint. */
  id: string
  region: Region
  /** Ground truth, or what a model found. */
  kind: 'label' | 'inference'
  categoryId: string | undefined
  name: string
  confidence: number | null
  /** How matching judged it; null before any matching. */
  status: BoxStatus | null
}

export interface BoxChoice {
  labels: boolean
  inferences: boolean
  /** Inferences less sure than this are left out. */
  confidence: number
}

export function shownBoxes(boxes: readonly Box[], choice: BoxChoice): Box[] {
  return boxes.filter((box) => {
    if (box.kind === 'label') return choice.labels
    return choice.inferences && (box.confidence === null || box.confidence >= choice.confidence)
  })
}

/** Those that deserve a look first; otherwise as they came. */
export function worstFirst(boxes: readonly Box[]): Box[] {
  const rank = ({ status }: Box) => (status === 'missed' || status === 'spurious' ? 0 : 1)
  return [...boxes].sort((a, b) => rank(a) - rank(b))
}

/** The smallest box around a place, so that one inside another can be reached. */
export function boxAt(boxes: readonly Box[], x: number, y: number): Box | null {
  let found: Box | null = null
  for (const box of boxes) {
    const [left, top, width, height] = box.region
    if (x < left || y < top || x > left + width || y > top + height) continue
    if (!found || width * height < found.region[2] * found.region[3]) found = box
  }
  return found
}

/** As in "RBC 0.87, spurious". */
export function describeBox({ name, confidence, status }: Box): string {
  const sure = confidence === null ? '' : ` ${confidence.toFixed(2)}`
  return `${name}${sure}${status === 'missed' || status === 'spurious' ? `, ${status}` : ''}`
}

export function countKinds(boxes: readonly Box[]) {
  const labels = boxes.filter(({ kind }) => kind === 'label').length
  return { labels, inferences: boxes.length - labels }
}
