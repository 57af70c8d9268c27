// Headless Chromium without a network and without a GPU.
import { existsSync } from 'node:fs'

import { chromium } from 'playwright-core'

import { watch } from './watch.mjs'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const size = { width: 1440, height: 900 }
const everyFault = []

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

/** A browser of one person: cookies of its own; what it must never do is collected in `faults`. */
export async function openPage(browser, url, theme = 'light') {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, baseURL: url })
  const faults = await watch(context, url)
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  everyFault.push(faults)
  return { page, faults }
}

/** The faults of all pages opened until now. */
export const allFaults = () => everyFault.flat()
