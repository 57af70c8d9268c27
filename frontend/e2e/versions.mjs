// New datapoints are placed on a map, and the way from one version to the next is played.
import assert from 'node:assert/strict'

import { openPage } from './browser.mjs'
import { makePcaMap, openMap, signIn } from './moves.mjs'

export async function versions({ step, shot, server, browser, password }) {
  const token = server.createToken('alice')
  const log = (first, last) =>
    server.python('log_some_digits.py', token, 'alice/Versions', `${first}`, `${last}`)
  log(0, 300)
  const { page } = await openPage(browser, server.url, 'dark')
  const canvas = page.getByTestId('explorer-canvas')
  const blend = page.getByTestId('blend')

  await step('datapoints logged later are placed on a map, in a new version of it', async () => {
    await page.goto('/')
    await signIn(page, 'alice', password)
    await page.getByTestId('project-card').getByText('Versions').click()
    await makePcaMap(page, 'Digits')
    await page.getByTestId('map-card').getByText('300 datapoints').waitFor({ timeout: 180_000 })
    log(300, 360)
    await openMap(page, 'Digits')
    await page.getByTestId('stale-map').getByText('60 newer datapoints').waitFor()
    await shot(page, 'stale-dark')
    await page.getByRole('button', { name: 'Place them' }).click()
    await page.getByTestId('shown-count').getByText('360').first().waitFor({ timeout: 60_000 })
    await page.getByTestId('versions').getByText('None with an unchanged vector moved · 60 new').waitFor()
    await page.getByTestId('stale-map').waitFor({ state: 'hidden' })
  })
  await step('the way from the version before can be looked at and played', async () => {
    await page.waitForFunction(() => !document.querySelector('[data-testid=blend]')?.disabled)
    const now = await canvas.screenshot()
    await blend.focus()
    await page.keyboard.press('Home')
    assert.equal(await blend.inputValue(), '0')
    await page.waitForTimeout(500)
    assert.notDeepEqual(await canvas.screenshot(), now, 'the new points are shown where they were not')
    await shot(page, 'version-before-dark')
    await page.getByTestId('play-versions').click()
    await page.waitForFunction(() => document.querySelector('[data-testid=blend]')?.value === '1')
    await page.getByTestId('versions').getByRole('link', { name: 'v1' }).click()
    await page.getByTestId('shown-count').getByText('300').first().waitFor()
    await page.close()
  })
}
