/** A map's way from vectors to a picture, as a list that is ticked off. */

export interface Step {
  title: string
  state: 'done' | 'now' | 'waiting'
}

interface KnownStep {
  title: string
  /** What the job calls its phases in it, beside the title. */
  phases?: readonly string[]
}

const first: KnownStep = {
  title: 'Reading the vectors',
  phases: ['Checking the vectors', 'Reading the neighbours'],
}
const last: KnownStep = {
  title: 'Measuring the quality',
  phases: ['Measuring the neighbourhoods', 'Comparing with the version before', 'Storing the map'],
}
const neighbours: KnownStep = {
  title: 'Finding neighbours',
  phases: ['Waiting for its parts', 'Weighing neighbours', 'Drawing pairs', 'Measuring the recall'],
}
const layout: KnownStep = { title: 'Optimising the layout' }

const byMethod: Record<string, readonly KnownStep[]> = {
  umap: [first, neighbours, { title: 'Building the graph' }, { title: 'Spectral start' }, layout, last],
  pca: [first, { title: 'Placing the datapoints', phases: ['Measuring the spread'] }, last],
}
const usual: readonly KnownStep[] = [first, neighbours, layout, last]

/** The step that a phase belongs to; `reached` is the step before it, for phases that no list knows. */
export function stepOf(method: string, phase: string, reached: number): number {
  if (phase === '') return reached
  const found = stepsOfMethod(method).findIndex(
    ({ title, phases }) => title === phase || phases?.includes(phase),
  )
  return found < 0 ? reached : found
}

/** The list with everything before the present step ticked off. */
export function stepsOf(method: string, present: number): Step[] {
  return stepsOfMethod(method).map(({ title }, k) => ({
    title,
    state: k < present ? 'done' : k === present ? 'now' : 'waiting',
  }))
}

function stepsOfMethod(method: string): readonly KnownStep[] {
  return byMethod[method] ?? usual
}
