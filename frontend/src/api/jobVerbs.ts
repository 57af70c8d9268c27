import { graphql } from '@/gql'
import type { JobFieldsFragment } from '@/gql/graphql'

import { useAction } from './action'
import type { UserError } from './errors'
import { announce } from './news'

const CancelJob = graphql(`
  mutation CancelJob($input: CancelJobInput!) {
    cancelJob(input: $input) {
      job {
        ...JobFields
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

const RetryJob = graphql(`
  mutation RetryJob($input: RetryJobInput!) {
    retryJob(input: $input) {
      job {
        ...JobFields
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

const StopProjection = graphql(`
  mutation StopProjection($input: StopProjectionInput!) {
    stopProjection(input: $input) {
      projectionSet {
        id
        job {
          ...JobFields
        }
      }
      errors {
        code
        field
        message
      }
    }
  }
`)

type Job = Pick<JobFieldsFragment, 'id' | 'targetId'>

/** What people may do to a job: cancel it, run it again, or let a map be finished with the layout it has by now. */
export function useJobVerbs(projectId: string, onRefused: (errors: readonly UserError[]) => void) {
  const cancel = useAction(CancelJob, onRefused)
  const retry = useAction(RetryJob, onRefused)
  const stop = useAction(StopProjection, onRefused)

  async function afterwards(run: Promise<unknown>) {
    await run
    announce(projectId)
  }
  return {
    cancel: (job: Job) => afterwards(cancel.run({ input: { id: job.id } })),
    retry: (job: Job) => afterwards(retry.run({ input: { id: job.id } })),
    stop: (job: Job) => afterwards(stop.run({ input: { id: job.targetId } })),
    isEnding: cancel.isPending || retry.isPending,
    isStopping: stop.isPending,
  }
}
