import { describe, expect, test } from 'vitest'

import {
  countOf,
  formatAgo,
  formatBytes,
  formatDay,
  formatDuration,
  formatPercent,
  formatShortCount,
} from './format'

const now = new Date(2026, 10, 23, 12, 0, 0).getTime()
const before = (milliseconds: number) => new Date(now - milliseconds).toISOString()
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000]

describe('ages', () => {
  test.each([
    [20 * second, 'now'],
    [9 * minute, '9 min'],
    [3 * hour, '3 h'],
    [3 * day, '20 Nov'],
    [400 * day, '19 Oct 2025'],
  ])('%d milliseconds are %s', (age, text) => expect(formatAgo(before(age), now)).toBe(text))

  test('yesterday evening is a day, not hours', () => {
    expect(formatAgo(before(14 * hour), now)).toBe('22 Nov')
  })
  test('a day of its own is today', () => {
    expect(formatDay(before(2 * hour), now)).toBe('today')
  })
})

test('counts have thousands separators and the right number of the noun', () => {
  expect(countOf(1, 'datapoint')).toBe('1 datapoint')
  expect(countOf(10_000, 'datapoint')).toBe('10,000 datapoints')
})

test('durations grow hours only when there are some', () => {
  expect([48, 725, 3723].map((seconds) => formatDuration(seconds * second))).toEqual([
    '0:48',
    '12:05',
    '1:02:03',
  ])
})

test('work that is not finished never shows 100%', () => {
  expect(formatPercent(0.999)).toBe('99%')
})

test.each([
  [853, '853'],
  [1_788, '1.8k'],
  [22_590, '23k'],
  [1_200_000, '1.2m'],
])('%d is %s in a narrow cell', (count, text) => expect(formatShortCount(count)).toBe(text))

test.each([
  [640, '640 B'],
  [12_400, '12 kB'],
  [3_449_000_000, '3.4 GB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))
