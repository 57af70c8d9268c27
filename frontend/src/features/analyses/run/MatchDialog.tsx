import { Skeleton } from '@chakra-ui/react'
import { SquareDashed } from 'lucide-react'
import { useQuery } from 'urql'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import type { ProjectInfo } from '@/api/project'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { DialogForm, DialogFrame } from '@/components/FormDialog'
import { toast } from '@/components/toast'

import { MatchChoices } from '../documents'
import { MatchObjects } from '../writes'
import { MatchForm, type MatchRun } from './MatchForm'

/** Reads which datasets hold boxes, then asks how to match them. */
export function MatchDialog({ project, onClose }: { project: ProjectInfo; onClose: () => void }) {
  const [{ data, error }, read] = useQuery({
    query: MatchChoices,
    variables: { projectId: project.id },
    requestPolicy: 'cache-and-network',
  })
  const { run, isPending, errors } = useAction(MatchObjects)
  const datasets = data?.datasets.edges.map(({ node }) => node).filter((each) => each.objectCount > 0)
  const models = data?.trainedModels.edges.map(({ node }) => node) ?? []

  async function submit(input: MatchRun) {
    const payload = await run({ input })
    if (!payload) return
    toast({ text: `Started analysis ${payload.analysis?.name ?? ''}` })
    announce(project.id)
    onClose()
  }
  return (
    <DialogFrame onClose={onClose}>
      {datasets && datasets.length > 0 && models.length > 0 ? (
        <MatchForm
          datasets={datasets}
          models={models}
          isPending={isPending}
          errors={errors}
          onSubmit={(input) => void submit(input)}
          onClose={onClose}
        />
      ) : (
        <DialogForm title="Match objects" verb="Run" isReady={false} onSubmit={onClose} onClose={onClose}>
          {!data && !error && <Skeleton h="200px" />}
          {!data && error && (
            <FailureState error={error} what="The list of datasets" onRetry={() => read()} />
          )}
          {data && (
            <EmptyState icon={SquareDashed} title="No objects to match">
              Log boxes of the ground truth and boxes that a model found with log_objects, or import a COCO
              file.
            </EmptyState>
          )}
        </DialogForm>
      )}
    </DialogFrame>
  )
}
