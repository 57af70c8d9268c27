// The main job in two real browsers: sign in, log, project, look, lasso, tag, and the other one sees it.
import assert from 'node:assert/strict'

import { openPage } from './browser.mjs'
import { hoverPoint, lasso, makePcaMap, openMap, paintedShare, signIn, tagSelection } from './moves.mjs'
import { findSimilar } from './similar.mjs'

export async function mainJob({ step, shot, server, browser, password }) {
  const { page: alice } = await openPage(browser, server.url, 'light')
  const { page: bob } = await openPage(browser, server.url, 'dark')

  await step('a wrong password is refused in words', async () => {
    await alice.goto('/')
    await signIn(alice, 'alice', 'wrong')
    await alice.getByRole('alert').waitFor()
    await shot(alice, 'login')
  })
  await step('Alice signs in and creates a project', async () => {
    await signIn(alice, 'alice', password)
    await alice.getByRole('button', { name: 'New project' }).first().click()
    await alice.getByLabel('Name').fill('Digits')
    await alice.getByRole('button', { name: 'Create project' }).click()
    await alice.getByText('Waiting for datapoints').waitFor()
    assert.match(await alice.locator('pre').innerText(), new RegExp(`${server.url}[^]*alice/Digits`))
    await shot(alice, 'empty-project')
  })
  await step('the page fills by itself when the SDK logs', async () => {
    assert.equal(server.python('log_digits.py', server.createToken('alice'), 'alice/Digits').trim(), '300')
    await alice.getByTestId('dataset-card').getByText('300').first().waitFor()
  })
  await step('Bob accepts an invitation and sees the project', async () => {
    await alice.getByRole('link', { name: /^Members/ }).click()
    await alice.getByRole('button', { name: 'Add member' }).click()
    await alice.getByLabel('Username').fill('bob')
    await alice.getByRole('button', { name: 'Invite' }).click()
    await alice.getByText('Invited bob').waitFor()
    await alice.getByRole('link', { name: 'Overview' }).click()
    await bob.goto('/')
    await signIn(bob, 'bob', password)
    await bob.getByRole('button', { name: 'Accept' }).click()
    await bob.getByTestId('project-card').click()
    await bob.getByTestId('dataset-card').waitFor()
  })
  await step('a map that Alice makes appears in both browsers', async () => {
    await makePcaMap(alice, 'Digits by pixels')
    for (const page of [alice, bob]) {
      await page.getByTestId('map-card').getByText('300 datapoints').waitFor({ timeout: 180_000 })
    }
    await shot(alice, 'project-light')
    await shot(bob, 'project-dark')
  })
  await step('both see the points of the map', async () => {
    for (const page of [alice, bob]) {
      await openMap(page, 'Digits by pixels')
      await page.getByTestId('shown-count').getByText('300').first().waitFor()
      assert.ok((await paintedShare(page)) > 0.002, 'the map is blank')
    }
    await shot(bob, 'explorer-dark')
  })
  await step(
    'a point under the cursor shows its card, and a tile under the cursor lights up its point',
    async () => {
      await hoverPoint(alice)
      await alice.getByTestId('hover-card').waitFor()
      await alice.mouse.move(2, 2)
      await alice.getByTestId('hover-card').waitFor({ state: 'hidden' })
      const canvas = alice.getByTestId('explorer-canvas')
      const before = await canvas.screenshot()
      await alice
        .getByTestId('datapoint-grid')
        .getByRole('gridcell')
        .first()
        .getByRole('button')
        .first()
        .hover()
      await alice.waitForTimeout(500)
      assert.notDeepEqual(await canvas.screenshot(), before, 'the map shows no ring')
    },
  )
  await step('what is similar to a datapoint is selected, the nearest first', () => findSimilar(alice, shot))
  await step("a tag of Alice's lasso appears in Bob's browser", async () => {
    await lasso(alice)
    const selected = await alice.getByTestId('selection-count').innerText()
    assert.doesNotMatch(selected, /^0\b/)
    const seen = bob.getByTestId('filter-rail').getByText('check', { exact: true }).waitFor()
    const start = Date.now()
    await tagSelection(alice, 'check')
    await seen
    console.log(`    seen by Bob after ${Date.now() - start} ms, typing included`)
    await shot(alice, 'explorer-light')
    await shot(bob, 'explorer-tagged-dark')
  })
  await step('after the server was killed, both browsers come back by themselves', async () => {
    await bob.getByRole('link', { name: 'Digits', exact: true }).click()
    await bob.getByTestId('tag-row').getByText('check').waitFor()
    await server.kill()
    await bob.getByText('Reconnecting').waitFor()
    await shot(bob, 'reconnecting-dark')
    await server.startAgain()
    await bob.getByText('Reconnecting').waitFor({ state: 'hidden' })
    await tagSelection(alice, 'later')
    await bob.getByTestId('tag-row').getByText('later').waitFor()
  })
  await step('Charlie, a stranger, learns nothing of the project', async () => {
    const { page: charlie } = await openPage(browser, server.url)
    await charlie.goto(new URL(alice.url()).pathname)
    await signIn(charlie, 'charlie', password)
    await charlie.getByText('is not here').waitFor()
    await charlie.goto('/projects/alice/Digits')
    await charlie.getByText('This project is not here').waitFor()
    await shot(charlie, 'no-access')
  })
}
