import { Button } from '@chakra-ui/react'
import type { MouseEvent } from 'react'

import { useAction } from '@/api/action'
import { errorText, type UserError } from '@/api/errors'
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
  const cancel = useAction(CancelJob, tell)
  const retry = useAction(RetryJob, tell)
  if (!canEdit(project) || !(job.canCancel || job.canRetry)) return null

  async function run(event: MouseEvent) {
    event.stopPropagation()
    await (job.canCancel ? cancel : retry).run({ input: { id: job.id } })
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

function tell(errors: readonly UserError[]) {
  toast({ text: errorText(errors), tone: 'failed' })
}
