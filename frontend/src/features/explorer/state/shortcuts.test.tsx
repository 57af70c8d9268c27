// @vitest-environment jsdom
import { act, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'

import { renderScreen } from '@/testing/renderScreen'

import { ShortcutsPanel } from '../ShortcutsPanel'
import { Explorer } from './context'
import { Palettes } from './palettes'
import { Session } from './session'
import { testMap, testPoints } from './testMap'
import { useShortcuts } from './useShortcuts'

function Screen({ session }: { session: Session }) {
  useShortcuts(session)
  const context = { session, palettes: new Palettes(session, 'light'), refresh: () => Promise.resolve() }
  return (
    <Explorer value={context}>
      <input aria-label="Some text" />
      <ShortcutsPanel />
    </Explorer>
  )
}

async function open(canEdit = true) {
  const loaded = { points: testPoints([1, 1, 2, 0]), versions: new Map(), categoryIds: [1, 2] }
  const session = new Session({} as never, { ...testMap, canEdit }, loaded, {})
  const { user } = await renderScreen(<Screen session={session} />)
  return { session, user, view: session.view }
}

describe('keys of the explorer', () => {
  it('opens a list of all keys that leaves the page usable, and closes it again', async () => {
    const { user, session } = await open()
    await user.keyboard('?')
    expect(await screen.findByRole('region', { name: 'Keys and gestures' })).toHaveTextContent(
      'lasso that adds',
    )
    await user.keyboard('{Control>}a{/Control}')
    expect(session.selection).toHaveLength(4)
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('region', { name: 'Keys and gestures' })).toBeNull()
    expect(session.selection).toHaveLength(4)
  })

  it('is silent while someone types', async () => {
    const { user, view } = await open()
    await user.type(screen.getByLabelText('Some text'), 'l?t')
    expect(view.getState()).toMatchObject({ tool: 'pan', isShortcutsOpen: false, dialog: null })
    await user.click(document.body)
    await user.keyboard('r')
    expect(view.getState().tool).toBe('rectangle')
  })

  it('selects all that is shown, the others, and steps back and forth', async () => {
    const { user, session } = await open()
    act(() => session.setFilter('label', { kind: 'only', values: ['1'] }))
    await user.keyboard('{Control>}a{/Control}')
    expect([...session.selection]).toEqual([0, 1])
    act(() => session.clearFilters())
    await user.keyboard('{Control>}i{/Control}')
    expect([...session.selection]).toEqual([2, 3])
    await user.keyboard('{Control>}z{/Control}')
    expect([...session.selection]).toEqual([0, 1])
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}')
    expect([...session.selection]).toEqual([2, 3])
  })

  it('edits what is selected, and only for those who may', async () => {
    const { user, view } = await open()
    await user.keyboard('t')
    expect(view.getState().dialog).toBeNull()
    await user.keyboard('{Control>}a{/Control}t')
    expect(view.getState().dialog).toBe('tag')
    const viewer = await open(false)
    await viewer.user.keyboard('{Control>}a{/Control}t')
    expect(viewer.view.getState().dialog).toBeNull()
  })
})

it('a map is found where it was left, unless the address says where to look', () => {
  const loaded = { points: testPoints([1]), versions: new Map(), categoryIds: [1, 2] }
  const openMap = (id: string, shared = {}) => new Session({} as never, { ...testMap, id }, loaded, shared)
  const left = { x: 1, y: 2, zoom: 3 }
  openMap('first').view.setState({ camera: left })
  expect(openMap('second').view.getState().camera).toBeNull()
  expect(openMap('first').view.getState().camera).toEqual(left)
  const shared = { camera: { x: 0, y: 0, zoom: 9 } }
  expect(openMap('first', shared).view.getState().camera).toEqual(shared.camera)
})
