import { Grid, Input, NativeSelect, Text } from '@chakra-ui/react'
import { useState } from 'react'

import { fieldError, otherErrors, type UserError } from '@/api/errors'
import { DialogForm } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'
import type { DatapointRole } from '@/gql/graphql'

import { type EmbeddingSet, EmbeddingSetChoice, layerText } from './EmbeddingSetChoice'
import { ParameterFields } from './ParameterFields'
import { RoleChoice } from './RoleChoice'
import { defaultsOf, type Method, parameterError, typedOf, valuesOf } from './parameters'

export interface NewMap {
  embeddingSetIds: string[]
  method: string
  parameters: Record<string, number | string>
  seed: number | null
  name: string | null
  /** Null for contexts and objects alike. */
  role: DatapointRole | null
}

/** What is taken over from a map that is made again. */
export interface MapLike {
  sources: readonly { embeddingSet: { id: string } }[]
  projector: { method: string; parameters: unknown; seed?: number | null }
  role?: DatapointRole | null
}

interface NewMapFormProps {
  sets: EmbeddingSet[]
  like?: MapLike
  methods: Method[]
  isPending: boolean
  errors: readonly UserError[]
  onSubmit: (map: NewMap) => void
  onClose: () => void
}

export function NewMapForm(props: NewMapFormProps) {
  const { sets, like, methods, isPending, errors, onSubmit, onClose } = props
  const [chosen, setChosen] = useState(() => chosenAtFirst(sets, like))
  const [methodName, setMethodName] = useState(
    () => methods.find((each) => each.name === like?.projector.method)?.name ?? methods[0].name,
  )
  const method = methods.find((each) => each.name === methodName) ?? methods[0]
  const [typed, setTyped] = useState(() => typedOf(method, like?.projector.parameters))
  const [name, setName] = useState('')
  const [role, setRole] = useState<DatapointRole | null>(like?.role ?? null)
  const [seed, setSeed] = useState(String(like ? (like.projector.seed ?? '') : 0))

  const hasBoth = bothRoles(sets.filter((set) => chosen.includes(set.id)))
  const isSeedValid = /^\d*$/.test(seed.trim())
  const areParametersValid = method.parameters.every((each) => !parameterError(each, typed[each.name] ?? ''))
  const ownFields = [
    'embeddingSetIds',
    'method',
    'seed',
    'name',
    'role',
    ...method.parameters.map((each) => each.name),
  ]

  function chooseMethod(next: string) {
    setMethodName(next)
    setTyped(defaultsOf(methods.find((each) => each.name === next) ?? methods[0]))
  }
  function submit() {
    const parameters = valuesOf(method, typed)
    const seedValue = seed.trim() === '' ? null : Number(seed)
    onSubmit({
      embeddingSetIds: chosen,
      method: method.name,
      parameters,
      seed: seedValue,
      name: name.trim() || null,
      role: hasBoth ? role : null,
    })
  }
  return (
    <DialogForm
      title="New map"
      verb="Make map"
      isReady={chosen.length > 0 && isSeedValid && areParametersValid}
      isPending={isPending}
      errors={otherErrors(errors, ownFields)}
      onSubmit={submit}
      onClose={onClose}
    >
      <EmbeddingSetChoice
        sets={sets}
        chosen={chosen}
        error={fieldError(errors, 'embeddingSetIds')}
        onChange={setChosen}
      />
      {hasBoth && <RoleChoice role={role} onChange={setRole} error={fieldError(errors, 'role')} />}
      <Grid templateColumns="1fr 1fr" gap="12px 16px" alignItems="start">
        <FormField label="Method" hint={method.description} error={fieldError(errors, 'method')}>
          <NativeSelect.Root>
            <NativeSelect.Field value={methodName} onChange={(event) => chooseMethod(event.target.value)}>
              {methods.map((each) => (
                <option key={each.name} value={each.name}>
                  {each.title}
                </option>
              ))}
            </NativeSelect.Field>
            <NativeSelect.Indicator />
          </NativeSelect.Root>
        </FormField>
        <FormField
          label="Seed"
          hint="The same seed gives the same map again."
          error={isSeedValid ? fieldError(errors, 'seed') : 'Give a whole number, 0 or more.'}
        >
          <Input inputMode="numeric" value={seed} onChange={(event) => setSeed(event.target.value)} />
        </FormField>
      </Grid>
      {method.parameters.length === 0 && <Text color="text2">{method.title} has no parameters to set.</Text>}
      <ParameterFields method={method} typed={typed} errors={errors} onChange={setTyped} />
      <FormField label="Name (optional)" error={fieldError(errors, 'name')}>
        <Input value={name} placeholder={method.title} onChange={(event) => setName(event.target.value)} />
      </FormField>
    </DialogForm>
  )
}

function bothRoles(sets: EmbeddingSet[]): boolean {
  return sets.some((set) => set.contextCount > 0) && sets.some((set) => set.objectCount > 0)
}

function chosenAtFirst(sets: EmbeddingSet[], like: MapLike | undefined): string[] {
  const known = new Set(sets.map((set) => set.id))
  const same = like?.sources.map(({ embeddingSet }) => embeddingSet.id).filter((id) => known.has(id)) ?? []
  return same.length > 0 ? same : together(sets)
}

/** Starts with the layer that has most embeddings, in every dataset that has it. */
function together(sets: EmbeddingSet[]): string[] {
  const groupOf = (set: EmbeddingSet) => `${layerText(set)} ${set.dimension}`
  const counts = new Map<string, number>()
  for (const set of sets) counts.set(groupOf(set), (counts.get(groupOf(set)) ?? 0) + set.embeddingCount)
  const [[largest]] = [...counts].sort(([, left], [, right]) => right - left)
  return sets.filter((set) => groupOf(set) === largest).map((set) => set.id)
}
