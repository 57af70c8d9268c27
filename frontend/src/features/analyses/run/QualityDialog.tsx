import { Skeleton, Text } from '@chakra-ui/react'
import { Gauge } from 'lucide-react'
import { useQuery } from 'urql'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import type { ProjectInfo } from '@/api/project'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { DialogForm, DialogFrame } from '@/components/FormDialog'
import { toast } from '@/components/toast'

import { QualityChoices } from '../documents'
import { RunClassQuality } from '../writes'
import { QualityForm, type QualityRun } from './QualityForm'

/** Reads which embeddings there are, then asks what to compare with what. */
export function QualityDialog({ project, onClose }: { project: ProjectInfo; onClose: () => void }) {
  const [{ data, error }, read] = useQuery({
    query: QualityChoices,
    variables: { projectId: project.id },
    requestPolicy: 'cache-and-network',
  })
  const { run, isPending, errors } = useAction(RunClassQuality)
  const sets = data?.embeddingSets.edges.map(({ node }) => node)

  async function submit(input: QualityRun) {
    const payload = await run({ input })
    if (!payload) return
    toast({ text: `Started analysis ${payload.analysis?.name ?? ''}` })
    announce(project.id)
    onClose()
  }
  return (
    <DialogFrame size="lg" onClose={onClose}>
      {sets && sets.length > 0 ? (
        <QualityForm
          sets={sets}
          isPending={isPending}
          errors={errors}
          onSubmit={(input) => void submit(input)}
          onClose={onClose}
        />
      ) : (
        <DialogForm title="Class quality" verb="Run" isReady={false} onSubmit={onClose} onClose={onClose}>
          {!data && !error && <Skeleton h="200px" />}
          {!data && error && (
            <FailureState error={error} what="The list of embeddings" onRetry={() => read()} />
          )}
          {sets?.length === 0 && (
            <EmptyState icon={Gauge} title="No embeddings to compare">
              <Text as="span">
                Log embeddings= together with labels= and inferences= into a dataset of this project first.
              </Text>
            </EmptyState>
          )}
        </DialogForm>
      )}
    </DialogFrame>
  )
}
