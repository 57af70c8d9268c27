import { Flex, Text } from '@chakra-ui/react'

import { CardSection } from '@/components/CardSection'
import { formatPercent } from '@/components/format'
import { jobPhase } from '@/components/jobText'
import { ProgressBar } from '@/components/ProgressBar'

import type { ImportInFull } from '../ImportPage'

/** What the server does with the file now. */
export function Working({ file: { job, state, fileName } }: { file: ImportInFull }) {
  return (
    <CardSection title={state === 'RUNNING' ? 'Checking and logging all rows' : 'Looking at the file'}>
      <Flex justify="space-between" mb="4px" textStyle="dense">
        <Text color="text2">{job ? jobPhase(job) : 'Waiting'}</Text>
        {job?.fraction != null && <Text fontWeight={500}>{formatPercent(job.fraction)}</Text>}
      </Flex>
      <ProgressBar fraction={job?.fraction ?? null} label={`Progress of ${fileName}`} />
      <Text mt="8px" textStyle="dense" color="text2">
        Closing this page does not stop it.
      </Text>
    </CardSection>
  )
}
