import { chakra, Grid, Input } from '@chakra-ui/react'
import { useState } from 'react'

import { fieldError, otherErrors, type UserError } from '@/api/errors'
import { DialogForm } from '@/components/FormDialog'
import { FormField } from '@/components/FormField'
import type { DatapointRole } from '@/gql/graphql'

import { EstimateLine, useEstimate } from './EstimateLine'
import { type EmbeddingSet, EmbeddingSetChoice, layerText } from './EmbeddingSetChoice'
import { LabelSwitch } from './LabelSwitch'
import { MethodChoice } from './MethodChoice'
import { ParameterFields } from './ParameterFields'
import { PresetChips } from './PresetChips'
import { RoleChoice } from './RoleChoice'
import { defaultsOf, type Method, parameterError, typedOf, type Value, valuesOf } from './parameters'

export interface NewMap {
  embeddingSetIds: string[]
  method: string
  parameters: Record<string, Value>
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
    () =>
      methods.find((each) => each.name === like?.projector.method && each.available)?.name ?? methods[0].name,
  )
  const method = methods.find((each) => each.name === methodName) ?? methods[0]
  const [typed, setTyped] = useState(() => typedOf(method, like?.projector.parameters))
  const [name, setName] = useState('')
  const [role, setRole] = useState<DatapointRole | null>(like?.role ?? null)
  const [seed, setSeed] = useState(String(like ? (like.projector.seed ?? '') : 0))

  const hasBoth = bothRoles(sets.filter((set) => chosen.includes(set.id)))
  const isSeedValid = /^\d*$/.test(seed.trim())
  const areParametersValid = method.parameters.every((each) => !parameterError(each, typed[each.name] ?? ''))
  const isValid = chosen.length > 0 && isSeedValid && areParametersValid
  const asked = {
    embeddingSetIds: chosen,
    method: method.name,
    parameters: areParametersValid ? valuesOf(method, typed) : {},
    role: hasBoth ? role : null,
  }
  const { estimate, refusal } = useEstimate(asked, chosen.length > 0 && areParametersValid)
  const [isConfirmed, setConfirmed] = useState(false)
  const mayRun = isConfirmed || !estimate?.needsConfirmation
  const switches = method.parameters.filter(({ kind }) => kind === 'boolean')
  const [plain, advanced] = [false, true].map((isAdvanced) =>
    method.parameters.filter((each) => each.kind !== 'boolean' && each.isAdvanced === isAdvanced),
  )
  const isRefusedThere = [...advanced.map(({ name }) => name), 'seed'].some((name) =>
    fieldError(errors, name),
  )
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
    const seedValue = method.hasSeed && seed.trim() !== '' ? Number(seed) : null
    onSubmit({ ...asked, seed: seedValue, name: name.trim() || null })
  }
  return (
    <DialogForm
      title="New map"
      verb="Make map"
      isReady={isValid && mayRun}
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
      <MethodChoice
        methods={methods}
        chosen={method}
        error={fieldError(errors, 'method')}
        onChange={chooseMethod}
      />
      <PresetChips method={method} typed={typed} onChange={setTyped} />
      {plain.length > 0 && (
        <ParameterFields
          method={method}
          parameters={plain}
          typed={typed}
          errors={errors}
          onChange={setTyped}
        />
      )}
      {switches.map((each) => (
        <LabelSwitch key={each.name} parameter={each} typed={typed} onChange={setTyped} />
      ))}
      <chakra.details open={isRefusedThere || undefined}>
        <chakra.summary textStyle="dense" fontWeight={500} cursor="pointer">
          Advanced
        </chakra.summary>
        <Grid gap="12px" mt="12px">
          <ParameterFields
            method={method}
            parameters={advanced}
            typed={typed}
            errors={errors}
            onChange={setTyped}
          />
          {method.hasSeed && (
            <FormField
              label="Seed"
              hint="The same seed gives the same map again."
              error={isSeedValid ? fieldError(errors, 'seed') : 'Give a whole number, 0 or more.'}
            >
              <Input inputMode="numeric" value={seed} onChange={(event) => setSeed(event.target.value)} />
            </FormField>
          )}
        </Grid>
      </chakra.details>
      <FormField label="Name (optional)" error={fieldError(errors, 'name')}>
        <Input value={name} placeholder={method.title} onChange={(event) => setName(event.target.value)} />
      </FormField>
      <EstimateLine
        estimate={estimate}
        refusal={refusal}
        isConfirmed={isConfirmed}
        onConfirm={setConfirmed}
      />
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
