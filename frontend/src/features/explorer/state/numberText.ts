/** Numbers as people read them: thousands separated, four meaningful digits. */

const plain = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 4 })
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const tiny = 1e-4
const huge = 1e9

export function formatNumber(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < tiny || size >= huge)) return value.toExponential(2)
  return size >= 1000 ? whole.format(value) : plain.format(value)
}
