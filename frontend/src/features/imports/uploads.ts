import type { Client } from 'urql'
import { create } from 'zustand'

import { HttpError } from '@/api/http'

import { ImportState } from './documents'
import { declare, keyOf, sendFile } from './upload'

/** A file that this browser is sending, or failed to send. */
export interface Upload {
  file: File
  sent: number
  error: string | null
}

/** By import id; it outlives the page that began it, so that one can look at other things meanwhile. */
export const useUploads = create<{ uploads: Record<string, Upload> }>(() => ({ uploads: {} }))

/** Begins to send a file and gives the import's id as soon as the server has one. Throws HttpError where it refuses. */
export async function beginUpload(client: Client, projectId: string, file: File): Promise<string> {
  const key = keyOf(file)
  let declared = await declare(projectId, file, key)
  if (declared.missing_chunks.length === 0) {
    const state = await stateOf(client, declared.id)
    if (state !== 'UPLOADING' && state !== 'DONE' && state !== 'FAILED') return declared.id
    if (state !== 'UPLOADING') declared = await declare(projectId, file, `${key} ${Date.now()}`)
  }
  void send(declared, file)
  return declared.id
}

/** Goes on with a file whose sending failed. */
export async function resumeUpload(client: Client, projectId: string, id: string): Promise<void> {
  const upload = useUploads.getState().uploads[id]
  if (upload) await beginUpload(client, projectId, upload.file)
}

async function send(declared: Awaited<ReturnType<typeof declare>>, file: File) {
  const { id } = declared
  if (id in useUploads.getState().uploads && !useUploads.getState().uploads[id].error) return
  update(id, { file, sent: 0, error: null })
  try {
    await sendFile(declared, file, (sent) => update(id, { file, sent, error: null }))
    forget(id)
  } catch (error) {
    const message = error instanceof HttpError ? error.message : `${file.name} could not be read any more.`
    update(id, { file, sent: useUploads.getState().uploads[id]?.sent ?? 0, error: message })
  }
}

async function stateOf(client: Client, id: string): Promise<string | undefined> {
  const result = await client.query(ImportState, { id }, { requestPolicy: 'network-only' }).toPromise()
  return result.data?.import?.state
}

function update(id: string, upload: Upload) {
  useUploads.setState(({ uploads }) => ({ uploads: { ...uploads, [id]: upload } }))
}

function forget(id: string) {
  useUploads.setState(({ uploads }) => ({
    uploads: Object.fromEntries(Object.entries(uploads).filter(([each]) => each !== id)),
  }))
}
