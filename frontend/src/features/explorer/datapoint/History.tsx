import { Button, Input } from '@chakra-ui/react'
import { type FormEvent, type ReactNode, useState } from 'react'

import { useAction } from '@/api/action'
import { Avatar } from '@/components/Avatar'
import { formatMoment } from '@/components/format'
import { Notice } from '@/components/Notice'
import { useNow } from '@/components/useNow'

import { AddCommentMutation } from '../data/datapointQuery'
import { useExplorer } from '../state/context'
import css from './datapoint.module.css'
import type { KnownDatapoint } from './DatapointTab'

/** Who labelled what and who said what, the newest first. */
export function History({ known, onChanged }: { known: KnownDatapoint; onChanged: () => void }) {
  const { session } = useExplorer()
  const now = useNow()
  const events = [
    ...known.labelChanges.edges.map(({ node }) => labelEvent(node)),
    ...known.comments.edges.map(({ node }) => commentEvent(node)),
  ].sort((a, b) => b.at.localeCompare(a.at))
  return (
    <section className={css.section}>
      <h3>History</h3>
      {events.length === 0 && <p className={css.quiet}>Nothing happened to it since it was logged.</p>}
      <ol className={css.events}>
        {events.map(({ key, who, what, at }) => (
          <li key={key}>
            <Avatar name={who} />
            <span>
              <b>{who}</b> {what}
            </span>
            <time dateTime={at}>{formatMoment(at, now)}</time>
          </li>
        ))}
      </ol>
      {session.map.canEdit && <CommentForm datapointId={known.id} onAdded={onChanged} />}
    </section>
  )
}

interface HistoryEvent {
  key: string
  who: string
  what: ReactNode
  at: string
}

function labelEvent(change: KnownDatapoint['labelChanges']['edges'][number]['node']): HistoryEvent {
  const { id, fromCategory, toCategory, by, isLogged, why, at } = change
  const verb = isLogged ? 'logged label' : 'set the label to'
  return {
    key: `label-${id}`,
    who: by?.username ?? 'someone',
    what: (
      <>
        {toCategory ? verb : 'removed the label'} {toCategory && <b>{toCategory.name}</b>}
        {fromCategory && ` (was ${fromCategory.name})`}
        {why && `: ${why}`}
      </>
    ),
    at,
  }
}

function commentEvent({
  id,
  author,
  text,
  at,
}: KnownDatapoint['comments']['edges'][number]['node']): HistoryEvent {
  return {
    key: `comment-${id}`,
    who: author?.username ?? 'someone',
    what: (
      <>
        commented: <q>{text}</q>
      </>
    ),
    at,
  }
}

function CommentForm({ datapointId, onAdded }: { datapointId: string; onAdded: () => void }) {
  const [text, setText] = useState('')
  const { run, isPending, errors } = useAction(AddCommentMutation)

  async function add(event: FormEvent) {
    event.preventDefault()
    const added = await run({ input: { datapointId, text: text.trim() } })
    if (!added) return
    setText('')
    onAdded()
  }
  return (
    <form className={css.commentForm} onSubmit={(event) => void add(event)}>
      <Input
        size="sm"
        value={text}
        placeholder="Add a comment"
        aria-label="Add a comment"
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" disabled={text.trim() === ''} loading={isPending}>
        Add
      </Button>
      {errors.map(({ message }) => (
        <Notice key={message} tone="error">
          {message}
        </Notice>
      ))}
    </form>
  )
}
