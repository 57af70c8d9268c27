// A recording of a map that grows in the browser, as five pictures for the documentation: npm run growing
// Of the pictures in CHROMA_EXAMPLE_DATA/mnist where that is given, otherwise of scikit-learn's digits.
import { execFileSync } from 'node:child_process'
import path from 'node:path'

import { openPage, startBrowser } from './browser.mjs'
import { startMap } from './growing.mjs'
import { signIn } from './moves.mjs'
import { startServer } from './server.mjs'

const checkout = path.resolve(import.meta.dirname, '../..')
const folder = process.env.PICTURES ?? path.join(checkout, 'docs/images')
const examples = process.env.CHROMA_EXAMPLE_DATA
const password = 'seven wise digits'
const theme = process.env.THEME ?? 'dark'
const COUNT = 5
const PARAMETERS = { n_epochs: 5_000, min_dist: 0.5 }

const server = await startServer()
const browser = await startBrowser()
try {
  server.addUsers(['alice'], password)
  const token = server.createToken('alice')
  const source = examples ? [path.join(examples, 'mnist')] : []
  server.python('log_growing.py', token, 'alice/MNIST', ...source)
  const { page, faults } = await openPage(browser, server.url, theme)
  await page.goto('/projects/alice/MNIST')
  await signIn(page, 'alice', password)
  await page.getByText('train').first().waitFor()
  // Another one before it: the page is open before this map has its first place.
  await startMap(server, token, 'MNIST', PARAMETERS, 'Before')
  const map = await startMap(server, token, 'MNIST', PARAMETERS, 'UMAP fc2')
  await page.goto(`/projects/alice/MNIST/maps/${map}`)
  await record(page)
  shrink(Array.from({ length: COUNT }, (_, k) => fileOf(k + 1)))
  if (faults.length > 0) throw new Error(faults.join('\n'))
} finally {
  await browser.close()
  await server.stop()
}

/** The first layout, three on the way, and the finished map. */
async function record(page) {
  const at = [1, 2, 3, 5]
  for (const [k, number] of at.entries()) {
    await page.waitForFunction(
      (least) => {
        const growing = document.querySelector('[data-testid=growth-canvas]')
        return growing ? Number(growing.dataset.number) >= least : document.querySelector('canvas')
      },
      number,
      { timeout: 300_000 },
    )
    await page.screenshot({ path: fileOf(k + 1) })
  }
  await page.getByTestId('explorer-canvas').waitFor({ timeout: 300_000 })
  await page.waitForTimeout(4_000)
  await page.screenshot({ path: fileOf(COUNT) })
}

function fileOf(k) {
  return path.join(folder, `growing-${k}.png`)
}

/** Flat colours need no more than a palette: a third of the size. */
function shrink(files) {
  const palette = `import sys; from PIL import Image
for name in sys.argv[1:]: Image.open(name).convert('RGB').quantize(256).save(name, optimize=True)`
  execFileSync(path.join(checkout, '.venv/bin/python'), ['-c', palette, ...files])
}
