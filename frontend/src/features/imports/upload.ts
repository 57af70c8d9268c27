import { HttpError, requestJson, sendBytes } from '@/api/http'
import { sha256 } from '@/api/sha256'

const chunkBytes = 4 * 1024 * 1024
const waits = [500, 1_000, 2_000, 5_000, 10_000]

interface Declared {
  id: string
  missing_chunks: number[]
}

/** The same file again goes on where it stopped: the server tells by this key which chunks it has. */
export function keyOf(file: File): string {
  return `${file.size}-${file.lastModified}-${file.name}`.slice(0, 80)
}

export function declare(projectId: string, file: File, key: string): Promise<Declared> {
  return requestJson('POST', `/bulk/v1/projects/${projectId}/imports`, {
    key,
    file_name: file.name,
    byte_count: file.size,
    chunk_bytes: Math.min(chunkBytes, Math.max(1, file.size)),
  })
}

/** Sends the chunks that the server lacks, then completes the import. `onSent` hears how many bytes are there. */
export async function sendFile(
  { id, missing_chunks: missing }: Declared,
  file: File,
  onSent: (bytes: number) => void,
): Promise<void> {
  let sent = file.size - missing.reduce((sum, number) => sum + chunkOf(file, number).size, 0)
  onSent(sent)
  for (const number of missing) {
    const chunk = chunkOf(file, number)
    await sendChunk(`/bulk/v1/imports/${id}/chunks/${number}`, new Uint8Array(await chunk.arrayBuffer()))
    sent += chunk.size
    onSent(sent)
  }
  await requestJson('POST', `/bulk/v1/imports/${id}/complete`)
}

function chunkOf(file: File, number: number): Blob {
  return file.slice(number * chunkBytes, (number + 1) * chunkBytes)
}

/** A connection that breaks is tried again for a while; what the server refuses is not. */
async function sendChunk(url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const digest = await sha256(bytes)
  for (const wait of [...waits, null]) {
    try {
      return await sendBytes('PUT', url, bytes, { 'X-Chroma-Sha256': digest })
    } catch (error) {
      const isPassing = error instanceof HttpError && (error.status === 0 || error.status >= 500)
      if (!isPassing || wait === null) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}
