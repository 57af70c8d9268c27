import { Button } from '@chakra-ui/react'
import type { MouseEvent } from 'react'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import { canEdit, type ProjectInfo } from '@/api/project'
import type { Job } from '@/components/jobText'
import { toast } from '@/components/toast'

import { CancelJob, RetryJob } from './documents'

interface JobActionsProps {
  project: ProjectInfo
  job: Job
  isPlain?: boolean
}

/** Cancel while it runs, run again when it failed. */
export function JobActions({ project, job, isPlain = false }: JobActionsProps) {
  const cancel = useAction(CancelJob)
  const retry = useAction(RetryJob)
  if (!canEdit(project) || !(job.canCancel || job.canRetry)) return null

  async function run(event: MouseEvent) {
    event.stopPropagation()
    const payload = await (job.canCancel ? cancel : retry).run({ input: { id: job.id } })
    if (!payload)
      toast({
        text: `${job.title} could not be ${job.canCancel ? 'cancelled' : 'run again'}`,
        tone: 'failed',
      })
    announce(project.id)
  }
  return (
    <Button
      variant={isPlain ? 'plain' : 'outline'}
      px={isPlain ? '0' : undefined}
      h={isPlain ? '18px' : undefined}
      loading={cancel.isPending || retry.isPending}
      onClick={run}
    >
      {job.canCancel ? 'Cancel' : 'Run again'}
    </Button>
  )
}
