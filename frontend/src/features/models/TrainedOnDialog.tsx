import { NativeSelect } from '@chakra-ui/react'
import { useState } from 'react'
import { useQuery } from 'urql'

import { useAction } from '@/api/action'
import { announce } from '@/api/news'
import type { ProjectInfo } from '@/api/project'
import { FormDialog } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'

import { TrainingChoices } from './documents'
import { UpdateTrainedModel } from './writes'

interface TrainedOnDialogProps {
  project: ProjectInfo
  model: {
    id: string
    editVersion: number
    version: string
    trainedOnDataset?: { id: string; name: string } | null
    trainedOnSlice?: { id: string; name: string } | null
  }
  onClose: () => void
}

const unknown = ''

export function TrainedOnDialog({ project, model, onClose }: TrainedOnDialogProps) {
  const [before] = useState(() => valueOf(model))
  const [expectedVersion] = useState(model.editVersion)
  const [value, setValue] = useState(before)
  const [{ data }] = useQuery({ query: TrainingChoices, variables: { projectId: project.id } })
  const update = useAction(UpdateTrainedModel)

  async function submit() {
    const [kind, id] = value.split(' ')
    const input = {
      id: model.id,
      trainedOnDatasetId: kind === 'dataset' ? id : null,
      trainedOnSliceId: kind === 'slice' ? id : null,
      expectedVersion,
    }
    if (!(await update.run({ input }))) return
    announce(project.id)
    onClose()
  }
  return (
    <FormDialog
      title={`What was ${model.version} trained on?`}
      verb="Save"
      size="sm"
      isReady={value !== before}
      isPending={update.isPending}
      errors={update.errors}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField
        label="Trained on"
        hint="A dataset, or the slice of it that was used. Quality is measured against it."
      >
        <NativeSelect.Root>
          <NativeSelect.Field value={value} onChange={(event) => setValue(event.target.value)}>
            <option value={unknown}>not said</option>
            <Options title="Datasets" kind="dataset" known={model.trainedOnDataset} list={data?.datasets} />
            <Options title="Slices" kind="slice" known={model.trainedOnSlice} list={data?.slices} />
          </NativeSelect.Field>
          <NativeSelect.Indicator />
        </NativeSelect.Root>
      </FormField>
    </FormDialog>
  )
}

interface Named {
  id: string
  name: string
}
interface OptionsProps {
  title: string
  kind: 'dataset' | 'slice'
  /** What is chosen now, also while the list is read. */
  known?: Named | null
  list?: { edges: readonly { node: Named }[] }
}

function Options({ title, kind, known, list }: OptionsProps) {
  const listed = list?.edges.map(({ node }) => node) ?? []
  const all = known && !listed.some((each) => each.id === known.id) ? [known, ...listed] : listed
  if (all.length === 0) return null
  return (
    <optgroup label={title}>
      {all.map(({ id, name }) => (
        <option key={id} value={`${kind} ${id}`}>
          {name}
        </option>
      ))}
    </optgroup>
  )
}

function valueOf({ trainedOnSlice, trainedOnDataset }: TrainedOnDialogProps['model']): string {
  if (trainedOnSlice) return `slice ${trainedOnSlice.id}`
  return trainedOnDataset ? `dataset ${trainedOnDataset.id}` : unknown
}
