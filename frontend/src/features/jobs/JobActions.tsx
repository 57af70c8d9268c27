import { Button, Flex } from '@chakra-ui/react'
import type { MouseEvent } from 'react'

import { errorText, type UserError } from '@/api/errors'
import { useJobVerbs } from '@/api/jobVerbs'
import { canEdit, type ProjectInfo } from '@/api/project'
import type { Job } from '@/components/jobText'
import { toast } from '@/components/toast'

interface JobActionsProps {
  project: ProjectInfo
  job: Job
  isPlain?: boolean
  /** With the room for "Stop here and keep it" beside "Cancel". */
  hasRoom?: boolean
}

/** Cancel while it runs, or keep the layout as it is; run again when it failed. */
export function JobActions({ project, job, isPlain = false, hasRoom = false }: JobActionsProps) {
  const verbs = useJobVerbs(project.id, tell)
  if (!canEdit(project) || !(job.canCancel || job.canRetry)) return null

  const run = (verb: (job: Job) => Promise<void>) => (event: MouseEvent) => {
    event.stopPropagation()
    void verb(job)
  }
  return (
    <Flex gap="8px">
      {hasRoom && job.canStop && job.frameNumber > 0 && (
        <Button variant="outline" loading={verbs.isStopping} onClick={run(verbs.stop)}>
          Stop here and keep it
        </Button>
      )}
      <Button
        variant={isPlain ? 'plain' : 'outline'}
        px={isPlain ? '0' : undefined}
        h={isPlain ? '18px' : undefined}
        loading={verbs.isEnding}
        onClick={run(job.canCancel ? verbs.cancel : verbs.retry)}
      >
        {job.canCancel ? 'Cancel' : 'Run again'}
      </Button>
    </Flex>
  )
}

function tell(errors: readonly UserError[]) {
  toast({ text: errorText(errors), tone: 'failed' })
}
