// Everything that is proved in real browsers: npm run e2e, or npm run e2e -- NAME… for some of it
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import path from 'node:path'

import { boxes } from './boxes.mjs'
import { allFaults, startBrowser } from './browser.mjs'
import { curation } from './curation.mjs'
import { forgery } from './forgery.mjs'
import { growing } from './growing.mjs'
import { hostileWords } from './hostile/walk.mjs'
import { mainJob } from './mainJob.mjs'
import { outages } from './outages.mjs'
import { refusals } from './refusals.mjs'
import { startServer } from './server.mjs'
import { stepRunner } from './steps.mjs'
import { versions } from './versions.mjs'

const stories = { mainJob, growing, versions, curation, boxes, refusals, outages, forgery, hostileWords }
const wanted = process.argv.slice(2)
const pictures = path.join(import.meta.dirname, 'output')
const password = 'seven wise digits'
const { step, report } = stepRunner()
const shot = (page, name) => page.screenshot({ path: path.join(pictures, `${name}.png`) })

mkdirSync(pictures, { recursive: true })
const server = await startServer()
const browser = await startBrowser()
try {
  server.addUsers(['alice', 'bob', 'charlie'], password)
  for (const [name, story] of Object.entries(stories)) {
    if (wanted.length === 0 || wanted.includes(name)) await story({ step, shot, server, browser, password })
  }
  await step(
    'no page threw an error, broke its policy, opened a dialog or asked another server',
    async () => assert.deepEqual(allFaults(), []),
    { holds: [12, 14] },
  )
} catch (error) {
  console.error(error)
  console.error(server.output.slice(-40).join(''))
  process.exitCode = 1
} finally {
  report()
  await browser.close()
  await server.stop()
}
