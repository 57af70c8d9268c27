import { X } from 'lucide-react'

import css from './explorer.module.css'
import { shortcutGroups } from './shortcuts'
import { useExplorer, useView } from './state/context'

/** All keys and gestures, beside the work: it stays while they are tried out. */
export function ShortcutsPanel() {
  const { session } = useExplorer()
  const isOpen = useView((view) => view.isShortcutsOpen)
  if (!isOpen) return null
  const groups = shortcutGroups.filter(({ isForEditors }) => !isForEditors || session.map.canEdit)
  return (
    <section className={css.shortcutsPanel} aria-label="Keys and gestures" data-testid="shortcuts-panel">
      <header>
        <h2>Keys and gestures</h2>
        <span>silent while you type</span>
        <button
          type="button"
          aria-label="Close the list of keys"
          onClick={() => session.view.setState({ isShortcutsOpen: false })}
        >
          <X size={16} strokeWidth={1.5} aria-hidden="true" />
        </button>
      </header>
      <div>
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className={css.shortcuts}>
              {keys.map(([press, does]) => (
                <div key={press}>
                  <dt>
                    <kbd>{press}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </section>
  )
}
