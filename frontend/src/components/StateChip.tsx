import { Chip } from './Chip'
import { type Job, stateWords } from './jobText'

const tones = {
  QUEUED: 'neutral',
  RUNNING: 'accent',
  DONE: 'ok',
  FAILED: 'error',
  CANCELLED: 'neutral',
} as const

export function StateChip({ state }: { state: Job['state'] }) {
  return <Chip tone={tones[state]}>{stateWords[state]}</Chip>
}
