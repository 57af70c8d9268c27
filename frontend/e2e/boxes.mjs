// Pictures with boxes: large over the map, and each box a datapoint of its own.
import assert from 'node:assert/strict'

import { openPage } from './browser.mjs'
import { openMap, signIn } from './moves.mjs'

export async function boxes({ step, shot, server, browser, password }) {
  const { page } = await openPage(browser, server.url, 'dark')
  const large = page.getByTestId('large-datapoint')
  const objects = large.getByLabel('Objects in this image').getByRole('button')

  async function openLarge() {
    await page.getByRole('tab', { name: 'Selection' }).click()
    const tile = page.getByTestId('datapoint-grid').getByRole('gridcell').first()
    await tile.getByRole('button').first().dblclick()
    await large.waitFor()
  }

  await step('a picture opens large over the map by a double click, with its boxes', async () => {
    server.python('log_boxes.py', server.createToken('alice'), 'alice/Shapes')
    await page.goto('/projects/alice/Shapes')
    await signIn(page, 'alice', password)
    await openMap(page, 'Pictures')
    await page.getByTestId('shown-count').getByText('8').first().waitFor()
    await openLarge()
    await large.getByTestId('boxes').waitFor()
    await objects.nth(3).waitFor()
    assert.equal(await objects.count(), 4)
    await shot(page, 'large-dark')
  })
  await step('the arrows go through the list, and Escape leads back to the map', async () => {
    const title = () =>
      large
        .getByText(/^picture-\d$/)
        .first()
        .innerText()
    const first = await title()
    await large.focus()
    await page.keyboard.press('ArrowRight')
    await large.getByText(first, { exact: true }).first().waitFor({ state: 'hidden' })
    assert.notEqual(await title(), first)
    await page.keyboard.press('Escape')
    await large.waitFor({ state: 'hidden' })
    await page.getByTestId('explorer-canvas').waitFor()
  })
  await step('a box under the cursor lights up, and opens as a datapoint of its own', async () => {
    await openLarge()
    const place = await large.getByTestId('boxes').boundingBox()
    const side = Math.min(place.width, place.height)
    const [left, top] = [place.x + (place.width - side) / 2, place.y + (place.height - side) / 2]
    // The middle of the left box, 8 … 28 of 64.
    await page.mouse.move(left + (18 / 64) * side, top + (18 / 64) * side)
    await large.locator('[data-testid="boxes"][data-quiet]').waitFor()
    await shot(page, 'boxes-dark')
    await objects.first().click()
    await large.locator('[aria-current="true"]').waitFor()
  })
}
