import { Plus, X } from 'lucide-react'

import css from './facts.module.css'
import { useHost } from './host'
import type { KnownDatapoint } from './known'
import { orTell } from './useDatapointEdits'

interface TagsProps {
  known: KnownDatapoint
  onUntag: (name: string) => Promise<void>
}

export function Tags({ known, onUntag }: TagsProps) {
  const { canEdit, ask } = useHost()
  if (known.tags.length === 0 && !canEdit) return null
  return (
    <section className={css.section}>
      <h3>Tags</h3>
      <div className={css.tags}>
        {known.tags.map(({ id, name }) => (
          <span key={id} className={css.tag}>
            {name}
            {canEdit && (
              <button type="button" aria-label={`Take ${name} off`} onClick={() => orTell(onUntag(name))}>
                <X size={12} strokeWidth={1.5} aria-hidden="true" />
              </button>
            )}
          </span>
        ))}
        {canEdit && (
          <button type="button" className={css.addTag} onClick={() => ask('tag')}>
            <Plus size={14} strokeWidth={1.5} aria-hidden="true" />
            Add tag <kbd>T</kbd>
          </button>
        )}
      </div>
    </section>
  )
}
