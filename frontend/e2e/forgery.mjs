// A page of another site, open in the browser of somebody who is signed in: it can do nothing in their name.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'

import { askServer } from './ask.mjs'
import { signIn } from './moves.mjs'

const mutation = JSON.stringify({
  query: 'mutation { createProject(input: {name: "Forged"}) { errors { code } } }',
})

export async function forgery({ step, server, browser, password }) {
  const evil = await serveHostilePage()
  // Not watched: this page does on purpose what ours must never do.
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const token = server.createToken('alice')
    const before = await stateOf(server, token)
    await step('Alice is signed in, and opens a page of another site', async () => {
      await page.goto(`${server.url}/`)
      await signIn(page, 'alice', password)
      await page.getByRole('button', { name: 'New project' }).first().waitFor()
    })
    await step(
      'its forms and requests are refused',
      async () => {
        for (const enctype of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded'])
          for (const path of ['/graphql', '/auth/logout', '/admin/logout/'])
            assert.notEqual(await submitForm(page, evil.url, server.url + path, enctype), 200, path)
        await page.goto(evil.url)
        for (const path of ['/graphql', '/auth/logout'])
          assert.deepEqual(await sendAnyway(page, server.url + path), ['opaque', 'refused', 'refused'])
      },
      { holds: [11] },
    )
    await step(
      'its socket is closed before a word is said',
      async () => assert.equal(await openSocket(page, server.url), 'closed'),
      { holds: [11] },
    )
    await step(
      'it can neither frame nor read a page of ours',
      async () => {
        for (const path of ['/', '/admin/', '/graphql', '/resources/1'])
          assert.equal(await frame(page, server.url + path), 'nothing', path)
      },
      { holds: [11, 13] },
    )
    await step(
      'nothing has changed, and Alice is still signed in',
      async () => {
        assert.deepEqual(await stateOf(server, token), before)
        await page.goto(`${server.url}/`)
        await page.getByRole('button', { name: 'New project' }).first().waitFor()
      },
      { holds: [11] },
    )
  } finally {
    await context.close()
    await evil.close()
  }
}

/** A server of its own on another port, which is another origin on the same site: cookies are sent along. */
async function serveHostilePage() {
  const listener = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end('<!doctype html><title>Win a prize</title><body>')
  })
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const close = () => new Promise((resolve) => listener.close(resolve))
  return { url: `http://127.0.0.1:${listener.address().port}/`, close }
}

async function stateOf(server, token) {
  const { projects } = await askServer(server, token, '{ projects { edges { node { id name lastSeq } } } }')
  return projects.edges
}

async function submitForm(page, from, action, enctype) {
  await page.goto(from)
  const [answer] = await Promise.all([
    page.waitForResponse(action),
    page.waitForURL(action),
    page.evaluate(
      ({ action, enctype, mutation }) => {
        const form = document.createElement('form')
        Object.assign(form, { method: 'POST', action, enctype })
        const field = document.createElement('input')
        // As text/plain it is sent as name=value: together they are the JSON of an operation.
        Object.assign(field, { name: `${mutation.slice(0, -1)},"x":"`, value: '"}' })
        form.append(field)
        document.body.append(form)
        form.submit()
      },
      { action, enctype, mutation },
    ),
  ])
  return answer.status()
}

function sendAnyway(page, url) {
  return page.evaluate(
    async ({ url, mutation }) => {
      const send = (options) =>
        fetch(url, { method: 'POST', credentials: 'include', body: mutation, ...options }).then(
          (response) => response.type,
          () => 'refused',
        )
      const json = { 'Content-Type': 'application/json' }
      return [await send({ mode: 'no-cors' }), await send({}), await send({ headers: json })]
    },
    { url, mutation },
  )
}

function openSocket(page, url) {
  return page.evaluate(
    (address) =>
      new Promise((resolve) => {
        const socket = new WebSocket(address, 'graphql-transport-ws')
        socket.onopen = () => socket.send('{"type":"connection_init"}')
        socket.onmessage = () => resolve('answered')
        socket.onclose = () => resolve('closed')
      }),
    `${url.replace('http', 'ws')}/graphql`,
  )
}

async function frame(page, address) {
  await page.evaluate(
    (src) =>
      new Promise((resolve) => {
        const element = document.createElement('iframe')
        element.onload = element.onerror = resolve
        element.src = src
        document.body.append(element)
      }),
    address,
  )
  const { origin } = new URL(address)
  const isShown = page.frames().some((each) => each.parentFrame() && each.url().startsWith(origin))
  return isShown ? 'shown' : 'nothing'
}
