import { useEffect, useEffectEvent } from 'react'

import { actionOf } from './shortcutActions'
import type { Session } from './session'

/** Keys for the whole explorer; silent while someone types, chooses from a list, or has a dialog open. */
export function useShortcuts(session: Session): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || isBusy(event)) return
    if (event.key === ' ' && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault()
      return session.engine?.setPanning(true)
    }
    const action = actionOf(event, session)
    if (!action) return
    event.preventDefault()
    action()
  })
  useEffect(() => {
    const down = (event: KeyboardEvent) => press(event)
    const up = (event: KeyboardEvent) => event.key === ' ' && session.engine?.setPanning(false)
    const leave = () => session.engine?.setPanning(false)
    window.addEventListener('keydown', down)
    window.addEventListener('keyup', up)
    window.addEventListener('blur', leave)
    return () => {
      window.removeEventListener('keydown', down)
      window.removeEventListener('keyup', up)
      window.removeEventListener('blur', leave)
    }
  }, [session])
}

export function isBusy({ target }: KeyboardEvent): boolean {
  const isModal = '[role="dialog"][data-state="open"]:not([data-quiet]), [role="menu"][data-state="open"]'
  if (document.querySelector(isModal)) return true
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  if (target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'checkbox'
}
