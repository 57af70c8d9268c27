import { useState } from 'react'
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql'

import { failureText, type UserError } from './errors'

type Payload<Data> = NonNullable<Data[Exclude<keyof Data, '__typename'>]>

/**
 * Runs one mutation and keeps its errors for the form that shows them.
 * `run` gives the mutation's payload, or null when it was refused.
 */
export function useAction<Data extends object, Variables extends AnyVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
) {
  const client = useClient()
  const [isPending, setPending] = useState(false)
  const [errors, setErrors] = useState<readonly UserError[]>([])

  async function run(variables: Variables): Promise<Payload<Data> | null> {
    setPending(true)
    const result = await client.mutation(mutation, variables).toPromise()
    setPending(false)
    const payload = payloadOf(result.data)
    const refused = result.error
      ? [{ code: 'FAILED', field: null, message: failureText(result.error) }]
      : (payload?.errors ?? [])
    setErrors(refused)
    return refused.length > 0 ? null : (payload as Payload<Data> | null)
  }
  return { run, isPending, errors, reset: () => setErrors([]) }
}

function payloadOf(data: object | undefined): { errors?: readonly UserError[] } | null {
  if (!data) return null
  const [, payload] = Object.entries(data).find(([key]) => key !== '__typename') ?? []
  return payload ?? null
}
