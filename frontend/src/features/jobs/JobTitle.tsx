import { chakra, Text } from '@chakra-ui/react'

import type { Job } from '@/components/jobText'

/** The title is the keyboard's way to select the row. */
export function JobTitle({ job, onSelect }: { job: Job; onSelect: (jobId: string) => void }) {
  return (
    <>
      <chakra.button
        type="button"
        textStyle="body"
        fontWeight={500}
        textAlign="start"
        cursor="pointer"
        onClick={() => onSelect(job.id)}
      >
        {job.title}
      </chakra.button>
      <Text color="text2">{job.lane.toLowerCase()} lane</Text>
    </>
  )
}
