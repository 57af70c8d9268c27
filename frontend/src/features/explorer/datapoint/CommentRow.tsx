import { Button, Textarea } from '@chakra-ui/react'
import { Pencil, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'

import { useAction } from '@/api/action'
import { isConflict } from '@/api/errors'
import { useMe } from '@/api/me'
import { Avatar } from '@/components/Avatar'
import { BareField } from '@/components/BareField'
import { formatMoment } from '@/components/format'
import { Notice } from '@/components/Notice'

import css from './history.module.css'
import { DeleteComment, EditComment } from './documents'
import type { KnownDatapoint } from './known'

interface CommentRowProps {
  comment: KnownDatapoint['comments']['edges'][number]['node']
  now: number
  onChanged: () => void
}

/** A remark; its author may put it in other words or take it back. */
export function CommentRow({ comment, now, onChanged }: CommentRowProps) {
  const { me } = useMe()
  const [isEditing, setEditing] = useState(false)
  const remove = useAction(DeleteComment)
  const who = comment.author?.username ?? 'someone'
  const isOwn = me?.id === comment.author?.id

  async function takeBack() {
    if (await remove.run({ input: { id: comment.id } })) onChanged()
  }
  return (
    <li>
      <Avatar name={who} />
      <span>
        <b>{who}</b> commented
        {isEditing ? (
          <EditForm
            comment={comment}
            onDone={() => {
              setEditing(false)
              onChanged()
            }}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <q className={css.comment}>{comment.text}</q>
        )}
        {remove.errors.map(({ message }) => (
          <Notice key={message} tone="error">
            {message}
          </Notice>
        ))}
      </span>
      {isOwn && !isEditing && (
        <span className={css.commentVerbs}>
          <button type="button" aria-label="Edit your comment" title="Edit" onClick={() => setEditing(true)}>
            <Pencil size={14} strokeWidth={1.5} aria-hidden="true" />
          </button>
          <button
            type="button"
            aria-label="Delete your comment"
            title="Delete"
            disabled={remove.isPending}
            onClick={() => void takeBack()}
          >
            <Trash2 size={14} strokeWidth={1.5} aria-hidden="true" />
          </button>
        </span>
      )}
      <time dateTime={comment.at}>{formatMoment(comment.at, now)}</time>
    </li>
  )
}

interface EditFormProps {
  comment: CommentRowProps['comment']
  onDone: () => void
  onCancel: () => void
}

function EditForm({ comment, onDone, onCancel }: EditFormProps) {
  const [text, setText] = useState(comment.text)
  const [expectedVersion] = useState(comment.editVersion)
  const { run, isPending, errors } = useAction(EditComment)
  const isContested = errors.some(isConflict)

  async function save(event: FormEvent) {
    event.preventDefault()
    const input = { id: comment.id, text: text.trim(), expectedVersion }
    if (await run({ input })) onDone()
  }
  return (
    <form className={css.editComment} onSubmit={(event) => void save(event)}>
      <BareField errors={errors}>
        <Textarea
          autoFocus
          size="sm"
          value={text}
          aria-label="Your comment"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            onCancel()
          }}
        />
      </BareField>
      <Button size="xs" type="submit" variant="solid" disabled={text.trim() === ''} loading={isPending}>
        {isContested ? 'Keep mine' : 'Save'}
      </Button>
      <Button size="xs" variant="ghost" onClick={onCancel}>
        {isContested ? 'Take theirs' : 'Cancel'}
      </Button>
    </form>
  )
}
