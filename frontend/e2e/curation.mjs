// One curation session as a person does it: find wrong labels, tag them, keep them as a slice, correct them, export.
import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { openPage } from './browser.mjs'
import { openMap, signIn } from './moves.mjs'

const digits = Array.from({ length: 10 }, (_, digit) => String(digit))

/** Draws a range over the upper third of a histogram. */
async function dragOver(page, brush) {
  const { x, y, width, height } = await brush.boundingBox()
  await page.mouse.move(x + 0.66 * width, y + height / 2)
  await page.mouse.down()
  await page.mouse.move(x + 0.9 * width, y + height / 2)
  await page.mouse.move(x + width + 20, y + height / 2)
  await page.mouse.up()
}

const username = 'alice'

export async function curation({ step, shot, server, browser, password }) {
  const token = server.createToken(username)
  let wrong = {}
  await step('one label in twenty is wrong, and a model and a quality job have their say', async () => {
    wrong = JSON.parse(server.python('log_mislabelled.py', token, `${username}/Curation`))
  })

  const { page } = await openPage(browser, server.url, 'dark')
  const rail = page.getByTestId('filter-rail')
  const selected = async () =>
    Number((await page.getByTestId('selection-count').innerText()).match(/^[\d,]+/)[0])
  const shown = async () =>
    Number((await page.getByTestId('shown-count').innerText()).match(/^[\d,]+/)[0].replace(',', ''))
  const only = (section, value) =>
    rail
      .getByRole('region', { name: section, exact: true })
      .getByRole('button', { name: value })
      .first()
      .click({ modifiers: ['Alt'] })

  await step(
    'Alice looks at those on which label and a sure inference disagree, the worst first',
    async () => {
      await page.goto(`/projects/${username}/Curation`)
      await signIn(page, username, password)
      await openMap(page, 'Scans')
      await only('Agreement', /^Disagree/)
      await dragOver(
        page,
        rail.getByRole('region', { name: 'Confidence', exact: true }).getByTestId('range-brush'),
      )
      const quality = await page
        .getByLabel('Sort by')
        .locator('option', { hasText: 'Quality' })
        .getAttribute('value')
      await page.getByLabel('Sort by').selectOption(quality)
      await page.getByTestId('colour-by').selectOption(quality)
      assert.ok((await shown()) > 30 && (await shown()) < 100)
      await shot(page, 'curation-dark')
    },
  )
  await step('she selects them by key, tags them, takes it back, and tags them again', async () => {
    await page.getByTestId('explorer-canvas').focus()
    await page.keyboard.press('Control+a')
    assert.equal(await selected(), await shown())
    const tag = async () => {
      await page.keyboard.press('t')
      await page.getByTestId('pick-input').fill('suspicious')
      await page.keyboard.press('Enter')
      await rail.getByText('suspicious', { exact: true }).waitFor()
    }
    await tag()
    await page.keyboard.press('Control+z')
    await rail.getByText('suspicious', { exact: true }).waitFor({ state: 'hidden' })
    await tag()
  })
  await step('she keeps them as a slice, whose address a colleague can open', async () => {
    const count = await selected()
    await page.keyboard.press('k')
    await page.getByLabel('Name').fill('Sure disagreements')
    await page.getByRole('radio', { name: /^Frozen/ }).check()
    await page.getByRole('button', { name: 'Save slice' }).last().click()
    await page.getByText('Saved slice Sure disagreements').waitFor()
    await page.waitForURL(/slice=/)
    const { page: other } = await openPage(browser, server.url)
    await other.goto(page.url())
    await signIn(other, username, password)
    await other.getByTestId('selection-count').getByText(String(count), { exact: true }).waitFor()
    await other.close()
  })
  await step('she gives each the label that the model is sure of, one digit after the other', async () => {
    await rail
      .getByRole('region', { name: 'Inference', exact: true })
      .getByText(/^\d+ more/)
      .click()
    for (const digit of digits) {
      await only('Inference', new RegExp(`^${digit}\\b`))
      await page.getByTestId('explorer-canvas').focus()
      await page.keyboard.press('Control+a')
      await page.keyboard.press('e')
      await page.getByTestId('pick-input').fill(digit)
      await page.keyboard.press('Enter')
      await page.getByText('The filters hide every datapoint').waitFor()
    }
    await page.getByText('Clear all').click()
  })
  await step('pandas finds the corrections in what she exports', async () => {
    await page.keyboard.press('o')
    await page.getByTestId('open-slice').first().click()
    await page.getByTestId('export-button').click()
    await page.getByRole('button', { name: 'Export', exact: true }).last().click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('download-export').click(),
    ])
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'chroma-e2e-')), download.suggestedFilename())
    await download.saveAs(file)
    const report = JSON.parse(server.python('check_export.py', token, file, JSON.stringify(wrong)))
    console.log(`    ${JSON.stringify(report)}`)
    assert.equal(report.rows, report.tagged)
    assert.equal(report.changed, report.rows)
    assert.deepEqual(report.by, [username])
    assert.ok(report.found > 0.7 * report.wrong, 'most wrong labels were found')
    assert.ok(report.found > 0.7 * report.rows, 'and few others')
    assert.ok(report.right > 0.9 * report.found, 'and they got the right label')
  })
}
