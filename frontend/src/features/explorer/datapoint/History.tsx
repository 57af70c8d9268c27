import type { ReactNode } from 'react'

import { Avatar } from '@/components/Avatar'
import { formatMoment } from '@/components/format'
import { useNow } from '@/components/useNow'

import { CommentRow } from './CommentRow'
import facts from './facts.module.css'
import css from './history.module.css'
import type { KnownDatapoint } from './known'

type LabelChange = KnownDatapoint['labelChanges']['edges'][number]['node']

/** Who labelled what and who said what, the newest first. */
export function History({ known, onChanged }: { known: KnownDatapoint; onChanged: () => void }) {
  const now = useNow()
  const events: { at: string; row: ReactNode }[] = [
    ...known.labelChanges.edges.map(({ node }) => ({
      at: node.at,
      row: <LabelRow key={`label-${node.id}`} change={node} now={now} />,
    })),
    ...known.comments.edges.map(({ node }) => ({
      at: node.at,
      row: <CommentRow key={`comment-${node.id}`} comment={node} now={now} onChanged={onChanged} />,
    })),
  ].sort((a, b) => b.at.localeCompare(a.at))
  return (
    <section className={facts.section}>
      <h3>History</h3>
      {events.length === 0 && <p className={css.quiet}>Nothing happened to it since it was logged.</p>}
      <ol className={css.events}>{events.map(({ row }) => row)}</ol>
    </section>
  )
}

function LabelRow({ change, now }: { change: LabelChange; now: number }) {
  const { fromCategory, toCategory, by, isLogged, why, at } = change
  const verb = isLogged ? 'logged label' : 'set the label to'
  const who = by?.username ?? 'someone'
  return (
    <li>
      <Avatar name={who} />
      <span>
        <b>{who}</b> {toCategory ? verb : 'removed the label'} {toCategory && <b>{toCategory.name}</b>}
        {fromCategory && ` (was ${fromCategory.name})`}
        {why && `: ${why}`}
      </span>
      <time dateTime={at}>{formatMoment(at, now)}</time>
    </li>
  )
}
