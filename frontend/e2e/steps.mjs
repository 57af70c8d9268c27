// Runs named steps in order, says what passed, and stops at the first that did not.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export function stepRunner() {
  const tests = []
  return {
    /** `holds` names the assurance properties that this step would show broken. */
    async step(sentence, action, { holds = [] } = {}) {
      const start = Date.now()
      const test = { id: sentence, holds, outcome: 'failed' }
      tests.push(test)
      await action()
      test.outcome = 'passed'
      console.log(`ok  ${sentence}  (${((Date.now() - start) / 1000).toFixed(1)} s)`)
    },
    report() {
      console.log(`${tests.filter((test) => test.outcome === 'passed').length} passed`)
      recordEvidence(tests)
    },
  }
}

/** Leaves what was proved where the collector of the assurance properties asks for it. */
function recordEvidence(tests) {
  const folder = process.env.CHROMA_ASSURANCE
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  const record = {
    tier: 'fast',
    environment: 'Chromium',
    tests: tests.filter((test) => test.holds.length > 0),
  }
  writeFileSync(path.join(folder, 'browser.json'), JSON.stringify(record, null, 1))
}
