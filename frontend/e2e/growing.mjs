// A map that grows in the browser, is stopped where it is good enough, and opens.
import assert from 'node:assert/strict'

import { askServer } from './ask.mjs'
import { openPage } from './browser.mjs'
import { signIn } from './moves.mjs'

const PROJECT = 'Growing'

export async function growing({ step, shot, server, browser, password }) {
  const token = server.createToken('alice')
  server.python('log_growing.py', token, `alice/${PROJECT}`)
  const { page } = await openPage(browser, server.url, 'dark')
  const canvas = page.getByTestId('growth-canvas')
  const number = async () => Number(await canvas.getAttribute('data-number'))

  await step('a map that is being made shows its points, and they move', async () => {
    const map = await startMap(server, token, PROJECT, { n_epochs: 5_000 })
    await page.goto(`/projects/alice/${PROJECT}/maps/${map}`)
    await signIn(page, 'alice', password)
    await page.waitForFunction(
      () => Number(document.querySelector('[data-testid=growth-canvas]')?.dataset.number) > 1,
      undefined,
      { timeout: 180_000 },
    )
    await page.getByText('3,594 of 3,594 points shown').waitFor()
    await page.getByText(/^epoch [\d,]+ of 5,000/).waitFor()
    const first = { number: await number(), picture: await canvas.screenshot() }
    await page.waitForFunction(
      (before) => Number(document.querySelector('[data-testid=growth-canvas]')?.dataset.number) > before + 2,
      first.number,
    )
    assert.notDeepEqual(await canvas.screenshot(), first.picture, 'the points stand still')
    await shot(page, 'growing-dark')
  })
  await step('good enough is stopped and kept, and the map opens with a note', async () => {
    await page.getByRole('button', { name: 'Stop here and keep it' }).click()
    await page.getByTestId('explorer-canvas').waitFor()
    await page.getByText(/The layout was stopped after epoch [\d,]+ of 5,000\./).waitFor()
    await page.getByTestId('shown-count').getByText('3,594').first().waitFor()
    await shot(page, 'grown-dark')
  })
}

/** Starts a UMAP map of the project's one embedding set; gives its id. */
export async function startMap(server, token, project, parameters, name = 'Growing') {
  const { projectByName } = await askServer(
    server,
    token,
    `{ projectByName(namespace: "alice", name: "${project}") { id } }`,
  )
  const { embeddingSets } = await askServer(
    server,
    token,
    `{ embeddingSets(projectId: "${projectByName.id}", first: 1) { edges { node { id } } } }`,
  )
  const { runProjection } = await askServer(
    server,
    token,
    `mutation ($input: RunProjectionInput!) {
      runProjection(input: $input) { projectionSet { id } errors { message } } }`,
    {
      input: {
        embeddingSetIds: [embeddingSets.edges[0].node.id],
        method: 'umap',
        parameters,
        seed: 1,
        name,
      },
    },
  )
  assert.deepEqual(runProjection.errors, [])
  return runProjection.projectionSet.id
}
