import { chakra, Input, NativeSelect, Text } from '@chakra-ui/react'
import { useState } from 'react'

import { fieldError, otherErrors, type UserError } from '@/api/errors'
import { countOf } from '@/components/format'
import { DialogForm } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'
import type { MatchChoicesQuery, MatchMethod } from '@/gql/graphql'

type DatasetChoice = MatchChoicesQuery['datasets']['edges'][number]['node']
type ModelChoice = MatchChoicesQuery['trainedModels']['edges'][number]['node']

export interface MatchRun {
  datasetId: string
  trainedModelId: string
  iouThreshold: number
  isClassAware: boolean
  method: MatchMethod
  name: string | null
}

interface MatchFormProps {
  datasets: DatasetChoice[]
  models: ModelChoice[]
  isPending: boolean
  errors: readonly UserError[]
  onSubmit: (run: MatchRun) => void
  onClose: () => void
}

const methods: [MatchMethod, string][] = [
  ['HUNGARIAN', 'Hungarian: the pairs that overlap most in all'],
  ['BEST_FIRST', 'Best first: the surest boxes choose first'],
]
const fields = ['datasetId', 'trainedModelId', 'iouThreshold', 'isClassAware', 'method', 'name']

export function MatchForm({ datasets, models, isPending, errors, onSubmit, onClose }: MatchFormProps) {
  const [datasetId, setDatasetId] = useState(datasets[0].id)
  const [trainedModelId, setTrainedModelId] = useState(models[0].id)
  const [threshold, setThreshold] = useState('0.5')
  const [isClassAware, setClassAware] = useState(false)
  const [method, setMethod] = useState<MatchMethod>('HUNGARIAN')
  const [name, setName] = useState('')
  const iouThreshold = Number(threshold)
  const isThresholdValid = threshold.trim() !== '' && iouThreshold > 0 && iouThreshold <= 1

  return (
    <DialogForm
      title="Match objects"
      verb="Run"
      isReady={isThresholdValid}
      isPending={isPending}
      errors={otherErrors(errors, fields)}
      onSubmit={() =>
        onSubmit({
          datasetId,
          trainedModelId,
          iouThreshold,
          isClassAware,
          method,
          name: name.trim() || null,
        })
      }
      onClose={onClose}
    >
      <Text color="text2">
        Assigns the boxes that a model found to those of the ground truth, one to one. What is left over was
        missed, or found where nothing is. A matched box takes the label of its partner.
      </Text>
      <FormField label="Dataset" error={fieldError(errors, 'datasetId')}>
        <Choice value={datasetId} onChange={setDatasetId}>
          {datasets.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name} ({countOf(each.objectCount, 'object')})
            </option>
          ))}
        </Choice>
      </FormField>
      <FormField label="Trained model" error={fieldError(errors, 'trainedModelId')}>
        <Choice value={trainedModelId} onChange={setTrainedModelId}>
          {models.map((each) => (
            <option key={each.id} value={each.id}>
              {each.modelArchitecture.name} {each.version}
            </option>
          ))}
        </Choice>
      </FormField>
      <FormField
        label="Least IoU of a match"
        hint="Intersection over union, above 0 to 1. 0.5 is usual."
        error={isThresholdValid ? fieldError(errors, 'iouThreshold') : 'Give a number above 0 and at most 1.'}
      >
        <Input inputMode="decimal" value={threshold} onChange={(event) => setThreshold(event.target.value)} />
      </FormField>
      <chakra.label display="flex" gap="8px" alignItems="center">
        <input
          type="checkbox"
          checked={isClassAware}
          onChange={(event) => setClassAware(event.target.checked)}
        />
        Only boxes of one category match each other
      </chakra.label>
      <FormField label="Method" error={fieldError(errors, 'method')}>
        <Choice value={method} onChange={(next) => setMethod(next as MatchMethod)}>
          {methods.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Choice>
      </FormField>
      <FormField label="Name (optional)" error={fieldError(errors, 'name')}>
        <Input value={name} onChange={(event) => setName(event.target.value)} />
      </FormField>
    </DialogForm>
  )
}

interface ChoiceProps {
  value: string
  onChange: (value: string) => void
  children: React.ReactNode
}

function Choice({ value, onChange, children }: ChoiceProps) {
  return (
    <NativeSelect.Root>
      <NativeSelect.Field value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </NativeSelect.Field>
      <NativeSelect.Indicator />
    </NativeSelect.Root>
  )
}
