// What people type wrongly: the server's sentence stands at its field, and what was typed is still there.
import assert from 'node:assert/strict'

import { askServer } from './ask.mjs'
import { openPage } from './browser.mjs'
import { openMap, signIn } from './moves.mjs'

const project = '/projects/alice/Words'
const long = 'x'.repeat(101)
const turned = 'abc\u202edef'
const tooLong = /must have 1 to 100 visible characters, not 101/
const hidden = /holds the character U\+202E, which does not show/

/** [address, verbs that open the dialog, label of the field, what is typed, the sentence, the verb that sends it] */
const cases = [
  ['/', ['New project'], 'Name', turned, hidden, 'Create project'],
  ['/', ['New project'], 'Name', long, tooLong, 'Create project'],
  ['/', ['New project'], 'Name', 'Words', /There is a project alice.Words already/, 'Create project'],
  ['datasets', ['New dataset'], 'Name', 'train', /exists in this project/, 'Create dataset'],
  ['datasets', ['New dataset'], 'Name', '\u200b\u200b', /U\+200B/, 'Create dataset'],
  ['datasets', ['Actions for dataset train', 'Rename'], 'Name', long, tooLong, 'Rename'],
  ['tags', ['New tag'], 'Name', 'check', /exists in this project/, 'Create tag'],
  ['tags', ['New tag'], 'Name', turned, hidden, 'Create tag'],
  ['tags', ['Actions for tag check', 'Rename'], 'Name', long, tooLong, 'Rename'],
  ['categories', ['New category'], 'Name', turned, hidden, 'Create category'],
  ['members', ['Add member'], 'Username', 'nobody-here', /nobody-here/, 'Invite'],
  ['members', ['Add member'], 'Username', 'alice', /already/, 'Invite'],
  ['', ['Project actions', 'Describe'], 'Description', 'x'.repeat(501), /may have 500 characters/, 'Save'],
  ['maps', ['New map'], 'Name (optional)', turned, hidden, 'Make map'],
  ['maps', ['New map'], 'Neighbours', '100000', /2|below/, 'Make map'],
  ['maps', ['New map'], 'Seed', '99999999999999', /seed/i, 'Make map'],
  ['/account', ['New token'], 'Name', long, /1 to 100|at most 100/, 'Create token'],
]

export async function refusals({ step, shot, server, browser, password }) {
  const token = server.createToken('alice')
  const { page } = await openPage(browser, server.url)
  await step('a project with something in it to be named wrongly', async () => {
    await makeProject(server, token)
    await page.goto('/')
    await signIn(page, 'alice', password)
    await page.getByText('Words', { exact: true }).first().waitFor()
  })
  for (const [address, verbs, label, typed, sentence, send] of cases) {
    const shown = typed.length > 20 ? `${typed.length} characters` : JSON.stringify(typed)
    await step(
      `${[...verbs].join(', ')}: ${label} refuses ${shown} at its field and keeps it`,
      async () => {
        await page.goto(address.startsWith('/') ? address : `${project}/${address}`)
        for (const verb of verbs) await press(page, verb)
        const dialog = page.getByRole('dialog')
        const field = dialog.getByLabel(label, { exact: true })
        await field.waitFor({ state: 'attached' })
        if (!(await field.isVisible())) await dialog.getByText('Advanced', { exact: true }).click()
        await field.fill(typed)
        const needed = dialog.getByLabel('Name', { exact: true })
        if ((await needed.count()) > 0 && !(await needed.inputValue())) await needed.fill('Another')
        const verb = dialog.getByRole('button', { name: send, exact: true })
        // What the form itself can tell is said before anything is sent.
        if (await verb.isEnabled()) await verb.click()
        await assertRefused(dialog, field, typed, sentence)
      },
      { holds: [40] },
    )
  }
  await inPlace(step, page)
  await conflict(step, shot, server, token, page)
}

async function makeProject(server, token) {
  const refused = 'errors { message }'
  const { getOrCreateProject: made } = await askServer(
    server,
    token,
    `mutation { getOrCreateProject(input: { name: "alice/Words" }) { project { id } ${refused} } }`,
  )
  const id = made.project.id
  server.python('log_digits.py', token, 'alice/Words')
  await askServer(
    server,
    token,
    `mutation { createTag(input: { projectId: "${id}", name: "check" }) { ${refused} } }`,
  )
}

async function press(page, name) {
  const item = page.getByRole('menuitem', { name, exact: true })
  const button = page.getByRole('button', { name, exact: true })
  await item.or(button).first().click()
}

async function assertRefused(scope, field, typed, sentence) {
  await field.and(scope.locator('[aria-invalid="true"][aria-errormessage]')).waitFor()
  const ids = ((await field.getAttribute('aria-errormessage')) ?? '').split(' ').filter(Boolean)
  const texts = await Promise.all(ids.map((id) => scope.locator(`[id="${id}"]`).innerText()))
  assert.match(texts.join(' '), sentence)
  assert.equal(await field.inputValue(), typed)
}

/** Fields that stand on a page, or take names of what is chosen. */
async function inPlace(step, page) {
  const at = { holds: [40] }
  await step(
    'a wrong current password is said at its field',
    async () => {
      await page.goto('/account')
      const field = page.getByLabel('Current password')
      await field.fill('wrong')
      await page.getByLabel('New password', { exact: true }).fill('violet tram 42 lemon')
      await page.getByLabel('New password again').fill('violet tram 42 lemon')
      await page.getByRole('button', { name: 'Change password' }).click()
      await assertRefused(page, field, 'wrong', /current password/i)
    },
    at,
  )
  await step(
    'a comment that is too long, and a tag that hides a character, are said where they are typed',
    async () => {
      await page.goto(`${project}/maps`)
      await press(page, 'New map')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('radio', { name: 'PCA' }).check()
      await dialog.getByLabel('Name (optional)').fill('Plain')
      await dialog.getByRole('button', { name: 'Make map' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await page.getByText('300 datapoints').first().waitFor()
      await openMap(page, 'Plain')
      await page.getByTestId('shown-count').waitFor()
      await page.getByTestId('explorer-canvas').focus()
      await page.keyboard.press('Control+a')
      await page.keyboard.press('t')
      const pick = page.getByTestId('pick-input')
      await pick.fill(turned)
      await page.keyboard.press('Enter')
      await assertRefused(page, pick, turned, hidden)
      await page.keyboard.press('Escape')
      await page.getByTestId('datapoint-grid').getByRole('button').first().dblclick()
      const comment = page.getByLabel('Add a comment')
      const words = 'x'.repeat(10_001)
      await comment.fill(words)
      await page.getByRole('button', { name: 'Add', exact: true }).click()
      await assertRefused(page, comment, words, /10,?000/)
    },
    at,
  )
}

async function conflict(step, shot, server, token, page) {
  await step(
    'who renames what another has renamed meanwhile sees it, and chooses',
    async () => {
      await page.goto(`${project}/tags`)
      const dialog = page.getByRole('dialog')
      for (const [theirs, mine, choice, left] of [
        ['Theirs', 'Mine', 'Keep mine', 'Mine'],
        ['Theirs again', 'Mine again', 'Take theirs', 'Theirs again'],
      ]) {
        await page.getByRole('button', { name: /^Actions for tag/ }).click()
        await press(page, 'Rename')
        await renameTag(server, token, theirs)
        await dialog.getByLabel('Name').fill(mine)
        await dialog.getByRole('button', { name: 'Rename', exact: true }).click()
        await dialog.getByText(`its name is “${theirs}” now, saved by alice`).waitFor()
        assert.equal(await dialog.getByLabel('Name').inputValue(), mine)
        await shot(page, 'conflict')
        await dialog.getByRole('button', { name: choice }).click()
        await dialog.waitFor({ state: 'hidden' })
        await page.getByRole('button', { name: `Actions for tag ${left}`, exact: true }).waitFor()
      }
    },
    { holds: [30, 40] },
  )
}

async function renameTag(server, token, name) {
  const { projectByName } = await askServer(
    server,
    token,
    '{ projectByName(namespace: "alice", name: "Words") { id } }',
  )
  const { tags } = await askServer(
    server,
    token,
    `{ tags(projectId: "${projectByName.id}") { edges { node { id } } } }`,
  )
  await askServer(
    server,
    token,
    `mutation { renameTag(input: { id: "${tags.edges[0].node.id}", name: "${name}" }) { errors { message } } }`,
  )
}
