import type { CombinedError } from '@urql/core'

/** What a mutation answers when it refuses: data, not an exception. */
export interface UserError {
  code: string
  field?: string | null
  message: string
}

/** `busy`: the server is there, and asks to come back soon. */
export type Failure = 'offline' | 'busy' | 'unauthenticated' | 'notFound' | 'other'

const busyCodes = ['RETRY_LATER', 'RATE_LIMITED']
const silence = 'The server does not answer. Check the connection and try again.'

export function failureOf(error: CombinedError): Failure {
  if (error.networkError && error.response?.status !== 401) return 'offline'
  const codes = error.graphQLErrors.map((each) => String(each.extensions?.code))
  if (codes.includes('UNAUTHENTICATED') || error.response?.status === 401) return 'unauthenticated'
  if (codes.includes('NOT_FOUND')) return 'notFound'
  return codes.some((code) => busyCodes.includes(code)) ? 'busy' : 'other'
}

/** Whether what was read before is still the best that can be shown. */
export function isPassing(error: CombinedError): boolean {
  return ['offline', 'busy'].includes(failureOf(error))
}

/** One readable sentence for an error that did not come as data. */
export function failureText(error: CombinedError): string {
  if (failureOf(error) === 'offline') return silence
  return error.graphQLErrors[0]?.message ?? 'Something went wrong on the server. Try again in a moment.'
}

/** An error that did not come as data, as one that did: with the field that it is about, if it is about one. */
export function asRefusal(error: CombinedError): UserError {
  const extensions = error.graphQLErrors[0]?.extensions as { code?: string; field?: string } | undefined
  return { code: extensions?.code ?? 'FAILED', field: extensions?.field, message: failureText(error) }
}

/** Somebody else has edited it since it was shown here. */
export function isConflict(error: UserError): boolean {
  return error.code === 'CONFLICT' && error.field === 'expectedVersion'
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
