// What a person does with hand and keyboard, by role and test id.

export async function signIn(page, username, password) {
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

export async function makePcaMap(page, name) {
  await page.getByRole('button', { name: 'New map' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'PCA' }).check()
  await dialog.getByLabel('Name (optional)').fill(name)
  await dialog.getByRole('button', { name: 'Make map' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

export async function openMap(page, name) {
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByTestId('explorer-canvas').waitFor()
}

/** Shift and drag around the middle of the map. */
export async function lasso(page) {
  const box = await page.getByTestId('explorer-canvas').boundingBox()
  const [x, y, radius] = [box.x + box.width / 2, box.y + box.height / 2, Math.min(box.width, box.height) / 3]
  await page.keyboard.down('Shift')
  await page.mouse.move(x + radius, y)
  await page.mouse.down()
  for (let turn = 1; turn <= 24; turn += 1) {
    const angle = (turn * Math.PI) / 12
    await page.mouse.move(x + radius * Math.cos(angle), y + radius * Math.sin(angle))
  }
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await page.getByTestId('tag-button').waitFor()
}

export async function tagSelection(page, name) {
  await page.getByTestId('tag-button').click()
  await page.getByTestId('pick-input').fill(name)
  await page.keyboard.press('Enter')
}

/** Rests the cursor on a point that is drawn in the middle of the map. */
export async function hoverPoint(page) {
  const canvas = page.getByTestId('explorer-canvas')
  const box = await canvas.boundingBox()
  const picture = await canvas.screenshot()
  const place = await page.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0)
    const [left, top] = [Math.round(image.width * 0.4), Math.round(image.height * 0.3)]
    const [width, height] = [Math.round(image.width * 0.5), Math.round(image.height * 0.5)]
    const { data } = context.getImageData(left, top, width, height)
    // Points have a colour, names of places have none.
    const isPainted = (at) => {
      const parts = [data[at], data[at + 1], data[at + 2]]
      return Math.max(...parts) - Math.min(...parts) > 60
    }
    for (let y = 1; y < height; y += 1) {
      for (let x = 1; x < width; x += 1) {
        const at = 4 * (y * width + x)
        if (isPainted(at) && isPainted(at - 4) && isPainted(at - 4 * width))
          return { x: left + x, y: top + y }
      }
    }
    return null
  }, picture.toString('base64'))
  if (!place) throw new Error('no point is drawn in the middle of the map')
  await page.mouse.move(box.x + place.x - 3, box.y + place.y - 3)
  await page.mouse.move(box.x + place.x, box.y + place.y)
}

/** How much of the map's picture differs from its background. */
export async function paintedShare(page) {
  await page.waitForTimeout(1_000)
  const picture = await page.getByTestId('explorer-canvas').screenshot()
  return page.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height)
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, image.width, image.height)
    let painted = 0
    for (let at = 0; at < data.length; at += 4) {
      const distance = [0, 1, 2].reduce((sum, part) => sum + Math.abs(data[at + part] - data[part]), 0)
      if (distance > 60) painted += 1
    }
    return painted / (data.length / 4)
  }, picture.toString('base64'))
}
