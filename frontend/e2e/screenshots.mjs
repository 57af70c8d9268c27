// Every page, light and dark, as a picture for the documentation: npm run screenshots
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'

import { askServer } from './ask.mjs'
import { openPage, startBrowser } from './browser.mjs'
import { signIn } from './moves.mjs'
import { startServer } from './server.mjs'

const checkout = path.resolve(import.meta.dirname, '../..')
const folder = path.join(checkout, 'docs/images/pages')
const password = 'seven wise digits'
const size = { width: 1440, height: 900 }

const server = await startServer()
const browser = await startBrowser()
try {
  server.addUsers(['alice', 'bob'], password)
  const token = server.createToken('alice')
  server.python('log_for_screenshots.py', token)
  const pages = await addresses(token)
  mkdirSync(folder, { recursive: true })
  for (const theme of ['light', 'dark']) await takeAll(theme, pages)
  // Flat colours need no more than a palette: a third of the size.
  const palette = `import sys; from PIL import Image
for name in sys.argv[1:]: Image.open(name).convert('RGB').quantize(256).save(name, optimize=True)`
  const names = [...pages, ['login']].flatMap(([name]) =>
    ['light', 'dark'].map((theme) => picture(name, theme)),
  )
  execFileSync(path.join(checkout, '.venv/bin/python'), ['-c', palette, ...names])
} finally {
  await browser.close()
  await server.stop()
}

async function takeAll(theme, pages) {
  const { page, faults } = await openPage(browser, server.url, theme)
  await page.setViewportSize(size)
  await page.goto('/login')
  await page.getByRole('button', { name: /sign in/i }).waitFor()
  await page.screenshot({ path: picture('login', theme) })
  await signIn(page, 'alice', password)
  await page.getByText('Digits').first().waitFor()
  for (const [name, address] of pages) {
    await page.goto(address)
    await page.waitForLoadState('networkidle').catch(() => undefined)
    await page.waitForTimeout(address.includes('/maps/') ? 4_000 : 1_200)
    await page.screenshot({ path: picture(name, theme) })
    console.log(`${name} ${theme}`)
  }
  if (faults.length > 0) throw new Error(faults.join('\n'))
  await page.context().close()
}

function picture(name, theme) {
  return path.join(folder, `${name}-${theme}.png`)
}

/** [name, address] of every page; the ids are asked from the server. */
async function addresses(token) {
  const digits = await ask(token, 'Digits')
  const shapes = await ask(token, 'Shapes')
  const project = '/projects/alice/Digits'
  const first = (connection) => connection.edges[0].node.id
  const map = first(digits.projectionSets)
  return [
    ['projects', '/'],
    ['project', project],
    ['datasets', `${project}/datasets`],
    ['dataset', `${project}/datasets/${first(digits.datasets)}`],
    ['categories', `${project}/categories`],
    ['models', `${project}/models`],
    ['model', `${project}/models/${first(digits.trainedModels)}`],
    ['embeddings', `${project}/embeddings`],
    ['embedding', `${project}/embeddings/${first(digits.embeddingSets)}`],
    ['maps', `${project}/maps`],
    ['map', `${project}/maps/${map}/about`],
    ['analyses', `${project}/analyses`],
    ['analysis', `${project}/analyses/${first(digits.analyses)}`],
    ['tags', `${project}/tags`],
    ['slice', `${project}/slices/${first(digits.slices)}`],
    ['jobs', `${project}/jobs`],
    ['job', `${project}/jobs/${first(digits.jobs)}`],
    ['exports', `${project}/exports`],
    ['imports', `${project}/imports`],
    ['history', `${project}/history`],
    ['members', `${project}/members`],
    ['explorer', `${project}/maps/${map}`],
    ['explorer-slice', `${project}/maps/${map}?slice=${first(digits.slices)}&colour=agreement`],
    ['datapoint', `${project}/datapoints/${encodeURIComponent(first(digits.labelled))}`],
    ['objects', `/projects/alice/Shapes/maps/${first(shapes.projectionSets)}`],
    ['image', `/projects/alice/Shapes/datapoints/${encodeURIComponent(first(shapes.labelled))}`],
    ['account', '/account'],
    ['graphql', '/graphql'],
  ]
}

async function ask(token, name) {
  const project = await askServer(
    server,
    token,
    `{ projectByName(namespace: "alice", name: "${name}") { id } }`,
  )
  const id = project.projectByName.id
  const one = '{ edges { node { id } } }'
  const lists = ['datasets', 'trainedModels', 'embeddingSets', 'projectionSets', 'analyses', 'slices', 'jobs']
  const found = await askServer(
    server,
    token,
    `{ ${lists.map((list) => `${list}(projectId: "${id}", first: 1) ${one}`).join(' ')} }`,
  )
  const dataset = found.datasets.edges[0].node.id
  const points = await askServer(
    server,
    token,
    `{ labelled: datapoints(datasetId: "${dataset}", first: 1) ${one} }`,
  )
  return { ...found, ...points }
}
