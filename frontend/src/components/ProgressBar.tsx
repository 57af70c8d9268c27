import { Progress } from '@chakra-ui/react'

interface ProgressBarProps {
  /** Null when the work cannot be counted. */
  fraction: number | null
  label: string
}

export function ProgressBar({ fraction, label }: ProgressBarProps) {
  return (
    <Progress.Root value={fraction === null ? null : fraction * 100} aria-label={label}>
      <Progress.Track>
        <Progress.Range />
      </Progress.Track>
    </Progress.Root>
  )
}
