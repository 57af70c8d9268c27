import { HttpError } from '@/api/http'

/** The sentence under the form; a limit says when to come back. */
export function signInFailure(error: unknown): string {
  if (!(error instanceof HttpError)) return 'Something went wrong. Try again.'
  if (error.status === 429) return `Too many attempts. Try again in ${waitText(error.retryAfter)}.`
  return error.message
}

function waitText(seconds: number | null): string {
  if (seconds === null) return 'a few minutes'
  if (seconds < 90) return `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
