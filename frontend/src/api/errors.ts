import type { CombinedError } from '@urql/core'

/** What a mutation answers when it refuses: data, not an exception. */
export interface UserError {
  code: string
  field?: string | null
  message: string
}

export type Failure = 'offline' | 'unauthenticated' | 'notFound' | 'other'

export function failureOf(error: CombinedError): Failure {
  if (error.networkError && error.response?.status !== 401) return 'offline'
  const codes = error.graphQLErrors.map((each) => each.extensions?.code)
  if (codes.includes('UNAUTHENTICATED') || error.response?.status === 401) return 'unauthenticated'
  if (codes.includes('NOT_FOUND')) return 'notFound'
  return 'other'
}

/** One readable sentence for an error that did not come as data. */
export function failureText(error: CombinedError): string {
  if (failureOf(error) === 'offline') return 'The server does not answer. Check the connection and try again.'
  return error.graphQLErrors[0]?.message ?? 'Something went wrong on the server. Try again in a moment.'
}

export function errorText(errors: readonly UserError[]): string {
  return errors.map((error) => error.message).join(' ')
}

export function fieldError(errors: readonly UserError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.message
}

/** The errors that no field of the form can show. */
export function otherErrors(errors: readonly UserError[], fields: readonly string[]): UserError[] {
  return errors.filter((error) => !error.field || !fields.includes(error.field))
}
