// Words and files of somebody who means harm, on every screen: shown as text, never run.
import assert from 'node:assert/strict'

import { askServer } from '../ask.mjs'
import { openPage } from '../browser.mjs'
import { hoverPoint, signIn } from '../moves.mjs'
import { intrusionsIn, watch } from '../watch.mjs'

const project = '/projects/mallory/Hostile'

export async function hostileWords({ step, shot, server, browser, password }) {
  let seen = {}
  await step('Mallory writes scripts into every text there is', async () => {
    server.addUsers(['mallory'], password)
    server.addUsers(['root'], password, { is_staff: true, is_superuser: true })
    seen = await logged(server)
  })
  const { page, faults } = await openPage(browser, server.url, 'light')
  await step(
    'no screen runs them: each shows them as text',
    async () => {
      await page.goto('/')
      await signIn(page, 'mallory', password)
      await page.getByText('Hostile', { exact: true }).first().waitFor()
      for (const [address, isMarked] of screens(seen)) await visit(page, faults, address, isMarked)
    },
    { holds: [12] },
  )
  await step(
    'nor does the explorer: its card, colours, rail, selection and slices',
    async () => explore(page, faults, seen, shot),
    { holds: [12] },
  )
  await step(
    'nor do files that are opened by themselves, or loaded as a script',
    async () => openFiles(browser, server, password, seen),
    { holds: [12] },
  )
  await step(
    'nor do the pages of the administration',
    async () => {
      const { page: admin, faults: adminFaults } = await openPage(browser, server.url)
      await admin.goto('/login?next=/admin/')
      await signIn(admin, 'root', password)
      await admin.waitForURL((url) => url.pathname === '/admin/')
      const paths = await admin
        .locator('#content-main a[href^="/admin/"]')
        .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href')))])
      assert.ok(paths.length > 5)
      for (const path of paths) await visit(admin, adminFaults, path, null)
      await admin.goto('/admin/projects/project/')
      await admin.getByText('onerror=window.__xss').first().waitFor()
    },
    { holds: [12] },
  )
}

async function logged(server) {
  const token = server.createToken('mallory', '<img src=x onerror=window.__xss=7>')
  const made = JSON.parse(server.python('hostile/log.py', token))
  const one = '{ edges { node { id } } }'
  const lists = ['trainedModels', 'embeddingSets', 'analyses', 'slices', 'jobs', 'resources']
  const asked = lists.map((list) => `${list}(projectId: "${made.project}", first: 100) ${one}`).join(' ')
  const found = await askServer(server, token, `{ ${asked} }`)
  const points = await askServer(
    server,
    token,
    `{ datapoints(datasetId: "${made.dataset}", first: 100) { edges { node { id key } } } }`,
  )
  const ids = Object.fromEntries(lists.map((list) => [list, found[list].edges.map(({ node }) => node.id)]))
  return { ...made, ...ids, datapoints: points.datapoints.edges.map(({ node }) => node) }
}

/** [address, whether it must show a payload as text]. */
function screens(seen) {
  const texts = (names) => names.map((name) => [`${project}/${name}`, true])
  const picture = seen.datapoints.find(({ key }) => key === 'picture')
  return [
    ['/', true],
    [project, true],
    ...texts(['datasets', `datasets/${seen.dataset}`, 'categories', 'models']),
    ...texts([`models/${seen.trainedModels[0]}`, 'embeddings', `embeddings/${seen.embeddingSets[0]}`]),
    ...texts(['maps', `maps/${seen.map}/about`, 'analyses', `analyses/${seen.analyses[0]}`, 'tags']),
    ...texts([`slices/${seen.slices[0]}`, 'jobs', `jobs/${seen.jobs[0]}`, 'exports', 'imports']),
    ...texts([`imports/${seen.import}`, 'history']),
    [`${project}/members`, false],
    ...[seen.datapoints[0], picture].map(({ id }) => [
      `${project}/datapoints/${encodeURIComponent(id)}`,
      true,
    ]),
    ['/account', true],
  ]
}

/** `isMarked` is null where what is shown depends on the screen. */
async function visit(page, faults, address, isMarked) {
  await page.goto(address)
  await page.waitForLoadState('networkidle')
  await assertHarmless(page, faults, address)
  if (!isMarked) return
  const text = page.getByText(/__xss/).first()
  await text.waitFor({ state: 'attached' }).catch(() => assert.fail(`${address} shows none of the words`))
}

async function assertHarmless(page, faults, where) {
  assert.deepEqual(await intrusionsIn(page), [], where)
  assert.deepEqual(faults, [], where)
}

async function explore(page, faults, seen, shot) {
  await page.goto(`${project}/maps/${seen.map}`)
  await page.getByTestId('shown-count').waitFor()
  await hoverPoint(page)
  await page.getByTestId('hover-card').waitFor()
  await assertHarmless(page, faults, 'card')
  const colours = page.getByTestId('colour-by')
  for (const value of await colours.locator('option').evaluateAll((all) => all.map((each) => each.value))) {
    await colours.selectOption(value)
    await page.waitForTimeout(150)
    await assertHarmless(page, faults, `colour ${value}`)
  }
  const more = page.getByTestId('filter-rail').getByText(/^\d+ more/)
  for (let left = await more.count(); left > 0; left -= 1) await more.first().click()
  await assertHarmless(page, faults, 'rail')
  await page.getByTestId('explorer-canvas').focus()
  await page.keyboard.press('Control+a')
  await page.getByTestId('selection-count').waitFor()
  await page.keyboard.press('t')
  await page.getByTestId('pick-input').fill('<img')
  await assertHarmless(page, faults, 'selection')
  await shot(page, 'hostile-explorer')
  await page.keyboard.press('Escape')
  await page.keyboard.press('o')
  await page.getByTestId('open-slice').first().waitFor()
  await assertHarmless(page, faults, 'slices')
  await page.keyboard.press('Escape')
}

async function openFiles(browser, server, password, seen) {
  const context = await browser.newContext({ baseURL: server.url })
  const faults = await watch(context, server.url)
  const page = await context.newPage()
  await page.goto('/')
  await signIn(page, 'mallory', password)
  await page.getByText('Hostile', { exact: true }).first().waitFor()
  for (const id of seen.resources) {
    for (const address of [`/resources/${id}`, `/resources/${id}/thumbnail`]) {
      // What is no picture becomes a download, which ends the navigation.
      await page.goto(address).catch(() => undefined)
    }
  }
  await page.goto('/account')
  await page.evaluate(async (ids) => {
    for (const id of ids) {
      const script = document.createElement('script')
      script.src = `/resources/${id}`
      document.head.append(script)
      await new Promise((resolve) => {
        script.onload = script.onerror = resolve
      })
    }
  }, seen.resources)
  assert.deepEqual(
    faults.filter((fault) => /^(ran|opened|asked|threw)/.test(fault)),
    [],
  )
  await context.close()
}
