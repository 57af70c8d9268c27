import { Plus, X } from 'lucide-react'

import { toast } from '@/components/toast'

import { useEdits } from '../selection/useEdits'
import { useExplorer } from '../state/context'
import css from './datapoint.module.css'
import type { KnownDatapoint } from './DatapointTab'

export function Tags({ known, point }: { known: KnownDatapoint; point: number }) {
  const { session } = useExplorer()
  const edits = useEdits()
  const { canEdit } = session.map
  if (known.tags.length === 0 && !canEdit) return null

  function remove(name: string) {
    edits
      .untag(Uint32Array.of(point), name)
      .catch((error: Error) => toast({ text: error.message, tone: 'failed' }))
  }
  return (
    <section className={css.section}>
      <h3>Tags</h3>
      <div className={css.tags}>
        {known.tags.map(({ id, name }) => (
          <span key={id} className={css.tag}>
            {name}
            {canEdit && (
              <button type="button" aria-label={`Take ${name} off`} onClick={() => remove(name)}>
                <X size={12} strokeWidth={1.5} aria-hidden="true" />
              </button>
            )}
          </span>
        ))}
        {canEdit && (
          <button
            type="button"
            className={css.addTag}
            onClick={() => session.view.setState({ dialog: 'tag' })}
          >
            <Plus size={14} strokeWidth={1.5} aria-hidden="true" />
            Add tag
          </button>
        )}
      </div>
    </section>
  )
}
