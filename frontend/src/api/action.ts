import { useState } from 'react'
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql'

import { asRefusal, isConflict, type UserError } from './errors'

type Payload<Data> = NonNullable<Data[Exclude<keyof Data, '__typename'>]>

/**
 * Runs one mutation and keeps its errors for the form that shows them.
 * `run` gives the mutation's payload, or null when it was refused.
 */
export function useAction<Data extends object, Variables extends AnyVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
  /** For verbs without a form that could show it. */
  onRefused?: (errors: readonly UserError[]) => void,
) {
  const client = useClient()
  const [isPending, setPending] = useState(false)
  const [errors, setErrors] = useState<readonly UserError[]>([])

  async function run(variables: Variables): Promise<Payload<Data> | null> {
    setPending(true)
    // Who has been told what somebody else wrote meanwhile, and sends theirs again, means it.
    const sent = errors.some(isConflict) ? overwriting(variables) : variables
    const result = await client.mutation(mutation, sent).toPromise()
    setPending(false)
    const payload = payloadOf(result.data)
    const refused = result.error ? [asRefusal(result.error)] : (payload?.errors ?? [])
    setErrors(refused)
    if (refused.length > 0) onRefused?.(refused)
    return refused.length > 0 ? null : (payload as Payload<Data> | null)
  }
  return { run, isPending, errors, reset: () => setErrors([]) }
}

function overwriting<Variables extends AnyVariables>(variables: Variables): Variables {
  const { input } = variables as { input?: object }
  return { ...variables, input: { ...input, expectedVersion: null } }
}

function payloadOf(data: object | undefined): { errors?: readonly UserError[] } | null {
  if (!data) return null
  const [, payload] = Object.entries(data).find(([key]) => key !== '__typename') ?? []
  return payload ?? null
}
