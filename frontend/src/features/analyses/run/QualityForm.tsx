import { Input, NativeSelect, Text } from '@chakra-ui/react'
import { useState } from 'react'

import { fieldError, otherErrors, type UserError } from '@/api/errors'
import { CheckList } from '@/components/CheckList'
import { countOf } from '@/components/format'
import { DialogForm } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'

import { comparable, layerName, likelyReference, type QualitySet } from './qualitySets'

export interface QualityRun {
  referenceEmbeddingSetId: string
  targetEmbeddingSetIds: string[]
  name: string | null
}

interface QualityFormProps {
  sets: QualitySet[]
  isPending: boolean
  errors: readonly UserError[]
  onSubmit: (run: QualityRun) => void
  onClose: () => void
}

export function QualityForm({ sets, isPending, errors, onSubmit, onClose }: QualityFormProps) {
  const [referenceId, setReferenceId] = useState(() => likelyReference(sets).id)
  const reference = sets.find((set) => set.id === referenceId) ?? sets[0]
  const targets = comparable(reference, sets)
  const [left, setLeft] = useState<readonly string[]>([])
  const chosen = targets.filter((set) => !left.includes(set.id)).map((set) => set.id)
  const [name, setName] = useState('')

  function toggle(id: string) {
    setLeft(left.includes(id) ? left.filter((each) => each !== id) : [...left, id])
  }
  return (
    <DialogForm
      title="Class quality"
      verb="Run"
      isReady={chosen.length > 0}
      isPending={isPending}
      errors={otherErrors(errors, ['referenceEmbeddingSetId', 'targetEmbeddingSetIds', 'name'])}
      onSubmit={() =>
        onSubmit({
          referenceEmbeddingSetId: reference.id,
          targetEmbeddingSetIds: chosen,
          name: name.trim() || null,
        })
      }
      onClose={onClose}
    >
      <Text color="text2">
        How far does each datapoint lie from the class that the model inferred for it? The labelled datapoints
        of the reference say what the classes look like. A high distance, or a quality near 0 %, asks to be
        looked at: the inference is likely wrong, the label is, or the datapoint is like nothing in the
        reference.
      </Text>
      <FormField
        label="Reference"
        hint="Usually what the model was trained on."
        error={fieldError(errors, 'referenceEmbeddingSetId')}
      >
        <NativeSelect.Root>
          <NativeSelect.Field
            value={reference.id}
            onChange={(event) => {
              setReferenceId(event.target.value)
              setLeft([])
            }}
          >
            {sets.map((set) => (
              <option key={set.id} value={set.id}>
                {set.dataset.name} ({layerName(set)})
              </option>
            ))}
          </NativeSelect.Field>
          <NativeSelect.Indicator />
        </NativeSelect.Root>
      </FormField>
      <CheckList
        legend="Scored datasets"
        maxHeight="180px"
        error={fieldError(errors, 'targetEmbeddingSetIds')}
        items={targets.map((set) => ({
          id: set.id,
          name: set.dataset.name,
          note: set.id === reference.id ? 'the reference itself' : undefined,
          aside: countOf(set.embeddingCount, 'embedding'),
        }))}
        chosen={chosen}
        onToggle={toggle}
      />
      <FormField label="Name (optional)" error={fieldError(errors, 'name')}>
        <Input value={name} onChange={(event) => setName(event.target.value)} />
      </FormField>
    </DialogForm>
  )
}
