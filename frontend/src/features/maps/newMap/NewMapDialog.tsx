import { Skeleton } from '@chakra-ui/react'
import { useQuery } from 'urql'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import type { ProjectInfo } from '@/api/project'
import { EmptyState } from '@/components/EmptyState'
import { FailureState } from '@/components/FailureState'
import { DialogForm, DialogFrame } from '@/components/FormDialog'
import { toast } from '@/components/toast'
import { Map as MapIcon } from 'lucide-react'

import { MapChoices, RunProjection } from '../documents'
import { type MapLike, NewMapForm, type NewMap } from './NewMapForm'

interface NewMapDialogProps {
  project: ProjectInfo
  /** The map whose embeddings, method and parameters the form starts with. */
  like?: MapLike
  onClose: () => void
}

/** Reads what can be chosen, then shows the form. */
export function NewMapDialog({ project, like, onClose }: NewMapDialogProps) {
  const [{ data, error }, read] = useQuery({
    query: MapChoices,
    variables: { projectId: project.id },
    requestPolicy: 'cache-and-network',
  })
  const run = useAction(RunProjection)

  async function submit(map: NewMap) {
    const payload = await run.run({ input: map })
    if (!payload) return
    toast({ text: `Started map ${payload.projectionSet?.name ?? ''}` })
    announce(project.id)
    onClose()
  }
  const sets = data?.embeddingSets.edges.map(({ node }) => node)
  const canChoose = data && sets && sets.length > 0
  return (
    <DialogFrame size="lg" onClose={onClose}>
      {canChoose ? (
        <NewMapForm
          sets={sets}
          like={like}
          methods={data.projectionMethods.filter((method) => method.name !== 'precomputed')}
          isPending={run.isPending}
          errors={run.errors}
          onSubmit={submit}
          onClose={onClose}
        />
      ) : (
        <DialogForm title="New map" verb="Make map" isReady={false} onSubmit={onClose} onClose={onClose}>
          {!data && !error && <Skeleton h="240px" />}
          {!data && error && (
            <FailureState error={error} what="The list of embeddings" onRetry={() => read()} />
          )}
          {sets?.length === 0 && (
            <EmptyState icon={MapIcon} title="No embeddings to map">
              Log embeddings= together with model= and layer= into a dataset of this project first.
            </EmptyState>
          )}
        </DialogForm>
      )}
    </DialogFrame>
  )
}
