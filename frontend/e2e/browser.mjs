// Headless Chromium without a network and without a GPU.
import { existsSync } from 'node:fs'

import { chromium } from 'playwright-core'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const size = { width: 1440, height: 900 }

export async function startBrowser() {
  const executablePath = process.env.CHROMIUM_PATH ?? usual.find(existsSync)
  if (!executablePath) {
    throw new Error('No Chromium found: install the Debian package chromium, or name yours in CHROMIUM_PATH.')
  }
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
}

/** A browser of one person: cookies of its own; faults in the page are collected. */
export async function openPage(browser, url, theme = 'light') {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, baseURL: url })
  const page = await context.newPage()
  const faults = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('requestfailed', (request) => {
    if (!request.url().startsWith(url)) faults.push(`asked for ${request.url()}`)
  })
  page.setDefaultTimeout(60_000)
  return { page, faults }
}
