import { Link as LinkIcon } from 'lucide-react'
import type { ReactNode } from 'react'

import { toast } from '@/components/toast'

import css from './head.module.css'
import { useHost } from './host'
import type { KnownDatapoint } from './known'

/** What it is called, where it lies, and an address to send to others. */
export function Title({ known, children }: { known: KnownDatapoint; children: ReactNode }) {
  const { namespace, projectName } = useHost()
  const path = ['projects', namespace, projectName, 'datapoints', known.id].map(encodeURIComponent).join('/')
  async function share() {
    const address = `${window.location.origin}/${path}`
    try {
      await navigator.clipboard.writeText(address)
      toast({ text: 'Copied the link to this datapoint' })
    } catch {
      // Without a clipboard (plain http) the address is shown to copy by hand.
      toast({ text: address })
    }
  }
  return (
    <header className={css.title}>
      <code title={known.key}>{known.key}</code>
      <span className={css.chip}>{known.dataset.name}</span>
      <small>
        {known.role === 'OBJECT' && 'object, '}row {known.row}
      </small>
      <a
        className={css.icon}
        href={`/${path}`}
        title="Copy a link to this datapoint"
        aria-label="Copy a link to this datapoint"
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          void share()
        }}
      >
        <LinkIcon size={14} strokeWidth={1.5} aria-hidden="true" />
      </a>
      <span className={css.actions}>{children}</span>
    </header>
  )
}
