// What no page of ours may ever do: run a script from data, break its content security policy, open a dialog, ask
// another server, throw. Every page of every run is watched; `faults` says who did.

/** Chromium tells these of every refused or broken request; whoever made it shows it in words. */
const expected = /^(Failed to load resource|WebSocket connection to)/

/** Watches all pages of a context, those that it will open included; returns the list that its faults go to. */
export async function watch(context, url) {
  const faults = []
  const fault = (text) => faults.push(text.slice(0, 500))
  await context.exposeBinding('reportFault', ({ page }, text) => fault(`${text} at ${page.url()}`))
  await context.addInitScript(reportFromInside)
  context.on('page', (page) => watchPage(page, url, fault))
  context.on('request', (request) => {
    const asked = request.url()
    if (!isOwn(asked, url)) fault(`asked for ${asked} at ${request.frame().url()}`)
  })
  return faults
}

function watchPage(page, url, fault) {
  page.on('pageerror', (error) => fault(`threw ${error} at ${page.url()}`))
  page.on('dialog', (dialog) => {
    fault(`opened a dialog saying ${dialog.message()} at ${page.url()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text()))
      fault(`said ${message.text()} at ${page.url()}`)
  })
  page.on('websocket', (socket) => {
    if (!isOwn(socket.url().replace(/^ws/, 'http'), url)) fault(`opened a socket to ${socket.url()}`)
  })
}

function isOwn(asked, url) {
  const { origin, protocol } = new URL(asked)
  return origin === url || ['data:', 'blob:', 'about:'].includes(protocol)
}

/** Runs in the page, before its own scripts. */
function reportFromInside() {
  addEventListener('securitypolicyviolation', (event) => {
    window.reportFault(
      `broke the policy ${event.effectiveDirective} with ${event.blockedURI} ${event.sample}`,
    )
  })
  Object.defineProperty(window, '__xss', {
    set(value) {
      window.reportFault(`ran a script from data: ${value}`)
    },
  })
}

/** What somebody's data has made of the page beyond text: elements that act, and a changed Object. */
export function intrusionsIn(page) {
  return page.evaluate(() => {
    const acting =
      '[onerror],[onload],[onclick],[ontoggle],[onfocus],[onmouseover],[onbegin],[data-xss],iframe,object,embed'
    const found = [...document.querySelectorAll(acting)].map((element) => element.outerHTML.slice(0, 200))
    for (const link of document.querySelectorAll('[href],[src],[action],[xlink\\:href]')) {
      const target =
        link.getAttribute('href') ?? link.getAttribute('src') ?? link.getAttribute('action') ?? ''
      if (/^\s*(javascript|vbscript|data:text)/i.test(target)) found.push(link.outerHTML.slice(0, 200))
    }
    const added = Object.getOwnPropertyNames(Object.prototype).filter((name) => name.includes('xss'))
    if (added.length > 0 || {}.xss !== undefined) found.push(`Object.prototype has ${added}`)
    return found
  })
}
