// Runs named steps in order, says what passed, and stops at the first that did not.
export function stepRunner() {
  let passed = 0
  return {
    async step(sentence, action) {
      const start = Date.now()
      await action()
      passed += 1
      console.log(`ok  ${sentence}  (${((Date.now() - start) / 1000).toFixed(1)} s)`)
    },
    report: () => console.log(`${passed} passed`),
  }
}
