import type { Client } from 'urql'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { Session } from '../state/session'
import { answerColumns, testMap, testPoints } from '../state/testMap'
import { frontPoint } from '../state/viewState'
import { keyInFront, openLarge, stepBy, stepOut } from './steps'

let session: Session
const front = () => frontPoint(session.view.getState())
const press = (key: string) => keyInFront({ key, target: null } as unknown as KeyboardEvent, session)?.()

beforeEach(() => {
  vi.stubGlobal('fetch', answerColumns([]))
  vi.stubGlobal('HTMLButtonElement', class {})
  const loaded = { points: testPoints([1, 1, 2, 0]), versions: new Map(), categoryIds: [1, 2] }
  session = new Session({} as Client, testMap, loaded, {})
  session.view.setState({ listing: Uint32Array.of(3, 1, 0, 2), gridColumns: 2 })
})
afterEach(() => vi.unstubAllGlobals())

it('goes through the list in its order and stops at its ends', () => {
  session.open(3)
  stepBy(session, -1)
  expect(front()).toBe(3)
  stepBy(session, 1)
  expect(front()).toBe(1)
  press('ArrowDown')
  expect(front()).toBe(2)
  press('ArrowRight')
  expect(front()).toBe(2)
  press('ArrowUp')
  expect(front()).toBe(1)
})

it('stays large while it goes on, with the list beside it', () => {
  openLarge(session, 3)
  press('ArrowRight')
  expect(session.view.getState()).toMatchObject({ opened: 1, isLarge: true, tab: 'selection' })
})

it('enlarges with Enter, and steps out one thing at a time', () => {
  session.open(1)
  press('Enter')
  session.view.setState({ visiting: 'd:9' })
  expect(stepOut(session)).toBe(true)
  expect(session.view.getState()).toMatchObject({ visiting: null, isLarge: true })
  expect(stepOut(session)).toBe(true)
  expect(front()).toBeNull()
  expect(stepOut(session)).toBe(false)
})

it('leaves the list alone when the datapoint in front is not in it', () => {
  session.view.setState({ listing: Uint32Array.of(0) })
  session.open(2)
  stepBy(session, 1)
  expect(front()).toBe(2)
})
