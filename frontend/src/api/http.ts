import { csrfToken } from './csrf'

export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field: string | null,
    readonly retryAfter: number | null,
  ) {
    super(message)
  }
}

/** What every refusal over HTTP says. */
export interface HttpBody {
  error?: { code?: string; message?: string; field?: string | null }
}

/** Calls one of our JSON endpoints; throws HttpError with the server's own sentence. */
export async function requestJson<Result>(
  method: 'GET' | 'POST',
  url: string,
  body?: unknown,
): Promise<Result> {
  const headers: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' }
  const response = await send(method, url, JSON.stringify(body), headers)
  const data: unknown = response.status === 204 ? null : await response.json().catch(() => null)
  if (response.ok) return data as Result
  throw toError(response, data)
}

/** Sends bytes as they are; throws HttpError with the server's own sentence. */
export async function sendBytes(
  method: 'PUT',
  url: string,
  bytes: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<void> {
  const sent = { ...headers, 'Content-Type': 'application/octet-stream' }
  const response = await send(method, url, bytes, sent)
  if (!response.ok) throw toError(response, await response.json().catch(() => null))
}

async function send(
  method: string,
  url: string,
  body: BodyInit | undefined,
  ownHeaders: Record<string, string>,
): Promise<Response> {
  const headers = { Accept: 'application/json', 'X-CSRFToken': csrfToken(), ...ownHeaders }
  try {
    return await fetch(url, { method, headers, credentials: 'same-origin', body })
  } catch {
    throw new HttpError(
      0,
      'OFFLINE',
      'The server does not answer. Check the connection and try again.',
      null,
      null,
    )
  }
}

function toError(response: Response, data: unknown): HttpError {
  const error = (data as HttpBody | null)?.error
  const retryAfter = Number(response.headers.get('Retry-After')) || null
  const message = error?.message ?? `The server answered ${response.status}. Try again in a moment.`
  return new HttpError(response.status, error?.code ?? 'INTERNAL', message, error?.field ?? null, retryAfter)
}
