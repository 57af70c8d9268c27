// Nothing typed is lost while the network, the session or the server's disk is gone, and the page mends itself after.
import assert from 'node:assert/strict'

import { askServer } from './ask.mjs'
import { openPage } from './browser.mjs'
import { signIn } from './moves.mjs'

const tags = '/projects/alice/Outages/tags'

export async function outages({ step, shot, server, browser, password }) {
  const token = server.createToken('alice')
  const projectId = await makeProject(server, token)
  const createTag = (name) =>
    askServer(
      server,
      token,
      `mutation { createTag(input: { projectId: "${projectId}", name: "${name}" }) { errors { message } } }`,
    )
  const { page } = await openPage(browser, server.url, 'dark')
  const dialog = page.getByRole('dialog')
  const reconnecting = page.getByText('Reconnecting')

  await step(
    'offline, the page says so quietly, refuses an edit in words, and keeps what was typed',
    async () => {
      await createTag('first')
      await page.clock.install()
      await page.goto(tags)
      await signIn(page, 'alice', password)
      await page.getByText('first', { exact: true }).waitFor()
      await page.evaluate(() => (window.sameDocument = true))
      await page.context().setOffline(true)
      await reconnecting.waitFor()
      await page.getByRole('button', { name: 'New tag' }).click()
      await dialog.getByLabel('Name').fill('typed offline')
      await dialog.getByRole('button', { name: 'Create tag' }).click()
      await dialog.getByText('The server does not answer. Check the connection').waitFor()
      await shot(page, 'offline-dark')
    },
    { holds: [38] },
  )
  await step(
    'ten minutes later it is online, reads what it missed without a reload, and saves what was typed',
    async () => {
      await createTag('made meanwhile')
      await page.clock.fastForward('10:00')
      assert.equal(await reconnecting.isVisible(), true)
      await page.context().setOffline(false)
      await reconnecting.waitFor({ state: 'hidden' })
      await page.getByText('made meanwhile', { exact: true }).waitFor()
      assert.equal(await dialog.getByLabel('Name').inputValue(), 'typed offline')
      await dialog.getByRole('button', { name: 'Create tag' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await page.getByText('typed offline', { exact: true }).waitFor()
      assert.equal(await page.evaluate(() => window.sameDocument), true)
    },
    { holds: [37, 38] },
  )
  await step(
    'a server that is busy, or whose disk is full, is shown by its own sentence',
    async () => {
      for (const [status, code, message] of [
        [503, 'RETRY_LATER', 'The database is away for a moment; try again in 2 s.'],
        [507, 'INSUFFICIENT_STORAGE', 'The disk of the server is full. What was stored stays.'],
      ]) {
        await page.getByRole('button', { name: 'New tag' }).click()
        await dialog.getByLabel('Name').fill(`tag at ${status}`)
        await page.route('**/graphql', (route) => refuse(route, status, code, message))
        await dialog.getByRole('button', { name: 'Create tag' }).click()
        await dialog.getByText(message).waitFor()
        await page.unroute('**/graphql')
        await dialog.getByRole('button', { name: 'Create tag' }).click()
        await dialog.waitFor({ state: 'hidden' })
        await page.getByText(`tag at ${status}`, { exact: true }).waitFor()
      }
    },
    { holds: [38] },
  )
  await step(
    'a session that ended leads to the sign-in, and from there back to the page',
    async () => {
      await endSession(page)
      await createTag('after the session')
      await page.getByRole('button', { name: 'Sign in' }).waitFor()
      assert.equal(new URL(page.url()).pathname, tags)
      await shot(page, 'session-ended-dark')
      await signIn(page, 'alice', password)
      await page.getByText('after the session', { exact: true }).waitFor()
      assert.equal(new URL(page.url()).pathname, tags)
    },
    { holds: [38] },
  )
  await step(
    'a job that failed says why, and can be started again',
    async () => {
      await askServer(server, token, hopelessAnalysis(await logPoints(server, token, projectId)))
      await page.goto('/projects/alice/Outages/jobs')
      const row = page.getByRole('row').filter({ hasText: 'Failed' })
      await row.getByText('No category has two datapoints').waitFor()
      await shot(page, 'failed-job-dark')
      const again = page.waitForResponse(
        (answer) => answer.request().postData()?.includes('RetryJob') ?? false,
      )
      await row.getByRole('button', { name: 'Run again' }).click()
      assert.deepEqual((await (await again).json()).data.retryJob.errors, [])
      await row.getByText('No category has two datapoints').waitFor()
    },
    { holds: [40] },
  )
}

async function makeProject(server, token) {
  const create =
    'mutation { createProject(input: { name: "Outages" }) { project { id } errors { message } } }'
  const { createProject } = await askServer(server, token, create)
  return createProject.project.id
}

/** As the server's guard answers before it reads an operation. */
function refuse(route, status, code, message) {
  const body = JSON.stringify({ error: { code, message, field: null, hint: null, requestId: 'x' } })
  const headers = { 'Retry-After': '2' }
  return route.fulfill({ status, headers, contentType: 'application/json', body })
}

/** Signs out behind the page's back, as from another tab. */
async function endSession(page) {
  const status = await page.evaluate(async () => {
    const token = /csrftoken=([^;]+)/.exec(document.cookie)[1]
    const answer = await fetch('/auth/logout', { method: 'POST', headers: { 'X-CSRFToken': token } })
    return answer.status
  })
  assert.equal(status, 204)
}

async function logPoints(server, token, projectId) {
  server.python('log_unlabelled.py', token, 'alice/Outages')
  const sets = `{ embeddingSets(projectId: "${projectId}") { edges { node { id } } } }`
  const { embeddingSets } = await askServer(server, token, sets)
  return embeddingSets.edges[0].node.id
}

function hopelessAnalysis(id) {
  const input = `{ referenceEmbeddingSetId: "${id}", targetEmbeddingSetIds: ["${id}"] }`
  return `mutation { runClassQuality(input: ${input}) { errors { message } } }`
}
