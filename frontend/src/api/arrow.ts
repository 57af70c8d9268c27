import { type Table, tableFromIPC } from '@uwdata/flechette'

import { HttpError } from './http'

interface FetchOptions {
  signal?: AbortSignal
  /** Told as the bytes arrive; `total` is null where the server does not say. */
  onBytes?: (received: number, total: number | null) => void
}

/** Fetches an Arrow stream. The browser's cache keeps it and asks the server by ETag whether it is still the same. */
export async function fetchTable(url: string, options: FetchOptions = {}): Promise<Table> {
  const table = await fetchTableIfAny(url, options)
  if (!table) throw new Error('The server has nothing there.')
  return table
}

/** The same; null where the server says that there is nothing (yet). */
export async function fetchTableIfAny(
  url: string,
  { signal, onBytes }: FetchOptions = {},
): Promise<Table | null> {
  const response = await fetch(url, { credentials: 'same-origin', cache: 'no-cache', signal })
  if (!response.ok) {
    const message = `The server answered ${response.status} for a column of this map.`
    throw new HttpError(response.status, 'HTTP', message, null, null)
  }
  if (response.status === 204) return null
  return tableFromIPC(onBytes ? await readBytes(response, onBytes) : await response.arrayBuffer())
}

/** One column as it lies in the stream, a typed array for numbers. */
export function column<Values = Float32Array>(table: Table, name: string): Values {
  const child = table.getChild(name)
  if (!child) throw new Error(`The server's answer has no column ${name}.`)
  return child.toArray() as Values
}

async function readBytes(
  response: Response,
  onBytes: NonNullable<FetchOptions['onBytes']>,
): Promise<Uint8Array> {
  const total = Number(response.headers.get('Content-Length')) || null
  const parts: Uint8Array[] = []
  let received = 0
  for (const reader = response.body!.getReader(); ;) {
    const { done, value } = await reader.read()
    if (done) break
    parts.push(value)
    received += value.length
    onBytes(received, total)
  }
  const bytes = new Uint8Array(received)
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}
