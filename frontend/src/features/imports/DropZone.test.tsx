import { screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { aProject } from '@/testing/facts'
import { renderScreen } from '@/testing/renderScreen'

import { DropZone } from './DropZone'
import { useUploads } from './uploads'

interface Request {
  method: string
  url: string
  body: unknown
}

let requests: Request[] = []
let answers: (request: Request) => Response

beforeEach(() => {
  requests = []
  vi.stubGlobal('fetch', async (url: string, { method, body }: { method: string; body?: unknown }) => {
    requests.push({ method, url, body })
    return answers(requests.at(-1)!)
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  useUploads.setState({ uploads: {} })
})

const json = (status: number, body: object) => new Response(JSON.stringify(body), { status })
const file = (bytes: number, name = 'train.csv') =>
  new File([new Uint8Array(bytes)], name, { lastModified: 1_700_000_000_000 })

async function choose(files: File[]) {
  const rendered = await renderScreen(<DropZone project={aProject()} />, {
    ImportStateNow: () => ({ import: { id: 'i1', state: 'UPLOADING' } }),
  })
  await screen.findByRole('button', { name: 'Choose file' })
  await rendered.user.upload(screen.getByLabelText('File to import'), files)
  return rendered
}

test('a file is declared, its missing chunks alone are sent with their checksum, and it is completed', async () => {
  answers = ({ method }) => (method === 'PUT' ? json(200, {}) : json(201, { id: 'i1', missing_chunks: [1] }))
  const { router } = await choose([file(4 * 1024 * 1024 + 10)])
  await waitFor(() => expect(requests.at(-1)?.url).toBe('/bulk/v1/imports/i1/complete'))
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST /bulk/v1/projects/p1/imports',
    'PUT /bulk/v1/imports/i1/chunks/1',
    'POST /bulk/v1/imports/i1/complete',
  ])
  expect(JSON.parse(String(requests[0].body))).toMatchObject({ file_name: 'train.csv', byte_count: 4194314 })
  expect((requests[1].body as Uint8Array).length).toBe(10)
  expect(router.state.location.pathname).toBe('/projects/alice/Digits/imports/i1')
})

test('what the server refuses is said, and nothing more is sent', async () => {
  const refused = { error: { code: 'LIMIT_EXCEEDED', message: 'The disk is nearly full.' } }
  answers = () => json(413, refused)
  const { router } = await choose([file(10)])
  expect(await screen.findByText('The disk is nearly full.')).toBeVisible()
  expect(requests).toHaveLength(1)
  expect(router.state.location.pathname).toBe('/screen')
})

test('an empty file is refused before anything is sent', async () => {
  await choose([file(0, 'nothing.csv')])
  expect(await screen.findByText('nothing.csv is empty.')).toBeVisible()
  expect(requests).toEqual([])
})

test('a chunk that is refused stops the upload with the reason, and it can go on', async () => {
  const wrong = { error: { code: 'BAD_USER_INPUT', message: 'Chunk 0: its SHA-256 should be another.' } }
  answers = ({ method }) =>
    method === 'PUT' ? json(400, wrong) : json(201, { id: 'i1', missing_chunks: [0] })
  await choose([file(10)])
  await waitFor(() => expect(useUploads.getState().uploads.i1?.error).toBe(wrong.error.message))
  expect(requests.some(({ url }) => url.endsWith('/complete'))).toBe(false)
})
