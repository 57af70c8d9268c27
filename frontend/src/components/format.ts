const whole = new Intl.NumberFormat('en-GB')
const short = new Intl.NumberFormat('en-GB', { notation: 'compact' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayAndYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

const units = ['B', 'kB', 'MB', 'GB', 'TB']

const minute = 60_000
const hour = 60 * minute

export function formatCount(count: number): string {
  return whole.format(count)
}

/** "853", "1.8k", "23k", "1.2m": for narrow cells, with the whole number in a title beside it. */
export function formatShortCount(count: number): string {
  return short.format(count)
}

/** "1 datapoint", "5,000 datapoints". */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`
}

export function formatPercent(fraction: number): string {
  return `${Math.floor(fraction * 100)}%`
}

/** "now", "9 min", "3 h", then the day. */
export function formatAgo(at: string, now: number): string {
  const age = now - Date.parse(at)
  if (age < minute) return 'now'
  if (age < hour) return `${Math.floor(age / minute)} min`
  if (isSameDay(at, now)) return `${Math.floor(age / hour)} h`
  return formatDate(at, now)
}

export function formatDay(at: string, now: number): string {
  return isSameDay(at, now) ? 'today' : formatDate(at, now)
}

export function formatMoment(at: string, now: number): string {
  return `${formatDay(at, now)}, ${clock.format(new Date(at))}`
}

/** "0:48", "12:05", "1:02:03". */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const [hours, minutes, rest] = parts.map(String)
  const tail = `${hours === '0' ? minutes : minutes.padStart(2, '0')}:${rest.padStart(2, '0')}`
  return hours === '0' ? tail : `${hours}:${tail}`
}

/** "12 kB", "3.4 GB". */
export function formatBytes(bytes: number): string {
  const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  return `${step > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[step]}`
}

function formatDate(at: string, now: number): string {
  const date = new Date(at)
  const format = date.getFullYear() === new Date(now).getFullYear() ? day : dayAndYear
  return format.format(date)
}

function isSameDay(at: string, now: number): boolean {
  return new Date(at).toDateString() === new Date(now).toDateString()
}
