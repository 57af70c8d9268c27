import type { HttpBody } from './http'

/**
 * Fetches an answer to a GraphQL operation. What refuses a request before it is read (a limit, an outage, a full
 * disk) answers as all of our HTTP does; it becomes a GraphQL error, so that its sentence is shown.
 */
export async function fetchReadably(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init)
  if (response.ok) return response
  const body = (await response
    .clone()
    .json()
    .catch(() => null)) as HttpBody | null
  if (!body?.error) return response
  const { message, code, field } = body.error
  const errors = [{ message, extensions: { code, field } }]
  const headers = { 'Content-Type': 'application/json' }
  return new Response(JSON.stringify({ data: null, errors }), { status: response.status, headers })
}
