// Find similar: from a datapoint, then from the selection that it gave, and back.
import assert from 'node:assert/strict'

export async function findSimilar(page, shot) {
  const head = page.getByTestId('similar-head')
  const count = page.getByTestId('selection-count')
  const grid = page.getByTestId('datapoint-grid')
  await grid.getByRole('gridcell').first().getByRole('button').first().click()
  await page.getByTestId('find-similar-to-datapoint').click()
  await head.getByText('Similar to').waitFor()
  assert.match(await count.innerText(), /^20\b/)
  const shown = await grid.getByTestId('distance').allInnerTexts()
  const distances = shown.map(Number)
  assert.ok(distances.length >= 12, 'no distances on the thumbnails')
  assert.deepEqual(
    distances,
    distances.toSorted((a, b) => a - b),
    'the nearest come first',
  )
  await shot(page, 'similar-light')

  await head.getByLabel('How many').selectOption('50')
  await page.waitForFunction(() =>
    /^50\b/.test(document.querySelector('[data-testid="selection-count"]')?.textContent ?? ''),
  )
  await page.keyboard.press('m')
  await head.getByText('the centre of 50 datapoints').waitFor()
  await page.keyboard.press('Control+z')
  await head.waitFor({ state: 'hidden' })
  assert.match(await count.innerText(), /^50\b/)

  await grid.getByRole('gridcell').first().getByRole('button').first().dblclick()
  await page.getByTestId('nearest').getByText('neighbours are labelled').waitFor()
  await shot(page, 'nearest-light')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
}
